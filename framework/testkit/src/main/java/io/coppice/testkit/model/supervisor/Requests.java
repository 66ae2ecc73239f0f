package io.coppice.testkit.model.supervisor;

import io.coppice.testkit.model.supervisor.Behaviour.Sight;
import io.coppice.testkit.model.supervisor.Job.Purpose;
import io.coppice.testkit.model.supervisor.Job.Step;
import io.vavr.collection.List;

/** What is asked of a supervisor that tells its children apart by id. */
final class Requests {

    private Requests() {}

    static Course serve(Supervisor me, String caller, Request request, Sight sight) {
        return switch (request) {
            case Request.StartChild(var id, var spec) ->
                    Checks.child(id, spec, me.flags().autoShutdown())
                            .fold(
                                    what -> answer(me, caller, "error " + what),
                                    checked -> start(me, caller, checked, sight));
            case Request.TerminateChild(var id) ->
                    me.children()
                            .find(id)
                            .fold(
                                    () -> notFound(me, caller),
                                    child -> terminate(me, caller, child, sight));
            case Request.RestartChild(var id) ->
                    me.children()
                            .find(id)
                            .fold(
                                    () -> notFound(me, caller),
                                    child -> restart(me, caller, child, sight));
            case Request.DeleteChild(var id) ->
                    me.children()
                            .find(id)
                            .fold(() -> notFound(me, caller), child -> delete(me, caller, child));
            case Request.TerminateProcess any -> notFound(me, caller); // a process is no id
            case Request.WhichChildren() -> answer(me, caller, which(me));
            case Request.CountChildren() -> answer(me, caller, count(me, sight));
            case Request.GetChildSpec(var id) ->
                    me.children()
                            .find(id)
                            .fold(
                                    () -> notFound(me, caller),
                                    child -> answer(me, caller, child.spec().text()));
            case Request.Stop stop -> throw new IllegalStateException("served before: " + stop);
        };
    }

    static Course answer(Supervisor me, String caller, String text) {
        return Course.of(me, new Deed.Reply(caller, text));
    }

    static Course notFound(Supervisor me, String caller) {
        return answer(me, caller, "error not_found");
    }

    /** A new child is kept only if it starts. */
    private static Course start(Supervisor me, String caller, ChildSpec spec, Sight sight) {
        return me.children()
                .find(spec.id())
                .fold(
                        () -> start(me, caller, Child.of(spec), sight),
                        child ->
                                answer(
                                        me,
                                        caller,
                                        child.isRunning()
                                                ? "error already_started:" + child.text()
                                                : "error already_present"));
    }

    static Course start(Supervisor me, String caller, Child child, Sight sight) {
        return work(me, caller, new Step.Start(child), sight);
    }

    /** A restart that has failed is not tried again. */
    static Course terminate(Supervisor me, String caller, Child child, Sight sight) {
        return work(me, caller, new Step.Stop(List.of(child)), sight);
    }

    private static Course work(Supervisor me, String caller, Step step, Sight sight) {
        return Work.proceed(me, new Job(List.of(step), new Purpose.Answer(caller, "ok")), sight);
    }

    private static Course restart(Supervisor me, String caller, Child child, Sight sight) {
        return child.process().isEmpty() && !child.isRestarting()
                ? start(me, caller, child, sight)
                : answer(me, caller, "error " + state(child));
    }

    private static Course delete(Supervisor me, String caller, Child child) {
        return child.process().isEmpty() && !child.isRestarting()
                ? answer(me.with(me.children().without(child.key())), caller, "ok")
                : answer(me, caller, "error " + state(child));
    }

    private static String state(Child child) {
        return child.isRestarting() ? "restarting" : "running";
    }

    /** The newest first. */
    private static String which(Supervisor me) {
        return me.children()
                .inOrder()
                .reverse()
                .map(child -> child.id() + "=" + child.text())
                .mkString("[", " ", "]");
    }

    /** A child that has unlinked itself and died is not active, though nobody has noticed. */
    private static String count(Supervisor me, Sight sight) {
        var all = me.children().inOrder();
        int supervisors = all.count(child -> child.spec().type() == ChildSpec.Type.SUPERVISOR);
        int active =
                all.filter(Child::isRunning).count(child -> child.process().exists(sight::lives));
        return count(all.length(), active, supervisors, all.length() - supervisors);
    }

    static String count(int specs, int active, int supervisors, int workers) {
        return "specs=%d active=%d supervisors=%d workers=%d"
                .formatted(specs, active, supervisors, workers);
    }
}
