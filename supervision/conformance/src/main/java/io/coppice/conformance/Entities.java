package io.coppice.conformance;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.Context;
import io.coppice.process.ExitReason;
import io.coppice.supervision.ChildFactory;
import io.coppice.supervision.TreeError;

import java.util.Optional;

/**
 * Starts what a scenario defines, attempt by attempt.
 *
 * <p>Each attempt goes by what is defined at that moment, down to whether the process is a worker
 * or a supervisor. So all of them are started as processes that understand anything.
 */
final class Entities {

    private Entities() {}

    /** A supervisor that a command starts. */
    static ActorFactory<Object> supervisor(Run run, String id) {
        return context -> supervisor(run, id, id, Optional.empty(), context);
    }

    /** A child of a supervisor. */
    static ActorFactory<Object> child(Run run, String id) {
        return context -> entity(run, id, id, Optional.empty(), context);
    }

    /** A child that is started by name, after a template. */
    static ChildFactory<String, Object> dynamic(Run run, String template) {
        return (context, id) -> entity(run, id, template, Optional.of(id), context);
    }

    private static Actor<Object> entity(
            Run run,
            String id,
            String definition,
            Optional<String> dynamicChild,
            Context<Object> context)
            throws Exception {
        return run.definitions().child(id).isSupervisor()
                ? supervisor(run, id, definition, dynamicChild, context)
                : create(TestActor.worker(run, id, dynamicChild), context);
    }

    private static Actor<Object> supervisor(
            Run run, String id, String name, Optional<String> dynamicChild, Context<Object> context)
            throws Exception {
        var definition = run.definitions().supervisor(name);
        run.recorder().isSupervisor(context.self().pid(), definition.kind(name));
        int attempt = run.recorder().started(context, id, dynamicChild);
        return switch (definition.attributes().init().at(attempt)) {
            case InitSchedule.Action.Ignore() -> throw context.ignore();
            case InitSchedule.Action.Crash(var crash) -> throw new PlannedCrash(crash);
            default -> tree(run, id, definition, context);
        };
    }

    private static Actor<Object> tree(
            Run run,
            String id,
            Definitions.SupervisorDefinition definition,
            Context<Object> context)
            throws Exception {
        try {
            return create(new Trees(run).supervisor(id, definition), context);
        } catch (BadDefinition e) {
            throw context.stop(ExitReason.custom(e.term()));
        } catch (TreeError e) {
            throw context.stop(ExitReason.custom(Terms.ofSupervisor(e.problems().getFirst())));
        }
    }

    @SuppressWarnings("unchecked") // only messages for what it became are sent to a process
    private static <M> Actor<Object> create(ActorFactory<M> factory, Context<Object> context)
            throws Exception {
        return (Actor<Object>) (Actor<?>) factory.create((Context<M>) (Context<?>) context);
    }
}
