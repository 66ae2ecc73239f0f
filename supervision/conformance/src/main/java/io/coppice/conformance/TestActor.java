package io.coppice.conformance;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.Context;
import io.coppice.actor.StartFailure;
import io.coppice.actor.StartResult;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.ExitReason.Killed;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A process that does what the scenario says and records every message that it takes.
 *
 * <p>An Erlang process takes messages when it likes, a Coppice actor is given them. So this actor
 * has a mailbox of its own, from which it takes nothing while it is blocked and only commands while
 * it is held.
 */
final class TestActor implements Actor<TestActor.Message> {

    /** What it understands. */
    sealed interface Message {

        /** Waits in the mailbox until it is taken. */
        sealed interface Letter extends Message {}

        record Execute(Batch batch) implements Letter {}

        record Text(Pid from, String text) implements Letter {}

        record Exit(Exited news) implements Letter {}

        record Gone(Down news) implements Letter {}

        /** Ends the wait for a process that it has started. */
        record Started(StartResult<?> result) implements Message {}

        /** Ends the wait in its init. */
        record Released() implements Message {}

        /** Ends the delay of its shutdown. */
        record Delayed(ExitReason reason) implements Message {}
    }

    /** What it waits for, taking no messages meanwhile. */
    private sealed interface Wait {
        record None() implements Wait {}

        record ForRelease(InitSchedule.Action next) implements Wait {}

        record ForStart(Pid started, Batch batch) implements Wait {}

        record ForDelay() implements Wait {}
    }

    private final Run run;
    private final Context<Message> context;
    private final Pid self;
    private final Mail mail = new Mail();
    private final Performer performer;

    private String id = "";
    private OnShutdown onShutdown = new OnShutdown.Die();
    private Wait wait = new Wait.None();
    private boolean isHeld;

    private TestActor(Run run, Context<Message> context) {
        this.run = run;
        this.context = context;
        this.self = context.self().pid();
        this.performer = new Performer(run, context, mail);
    }

    /** The process from which everything starts. */
    static ActorFactory<Message> root(Run run) {
        return context -> {
            var actor = new TestActor(run, context);
            actor.performer.trap(true);
            return actor;
        };
    }

    /** A process that a command spawns. */
    static ActorFactory<Message> spawned(Run run, Action.Spawn spawn) {
        return context -> {
            var actor = new TestActor(run, context);
            if (spawn.trap()) {
                actor.performer.trap(true);
            }
            run.recorder().named(context.self(), spawn.name());
            return switch (spawn.ending()) {
                case Action.Ending.None() -> actor;
                case Action.Ending.Die(var reason) -> throw context.stop(Reasons.parse(reason));
                case Action.Ending.Crash(var name) -> throw new PlannedCrash(name);
            };
        };
    }

    /**
     * A child of a supervisor.
     *
     * @param dynamicChild {@code id}, if it is a dynamic child
     */
    static ActorFactory<Message> worker(Run run, String id, Optional<String> dynamicChild) {
        return context -> {
            var attributes = run.definitions().child(id);
            var actor = new TestActor(run, context);
            actor.id = id;
            actor.onShutdown = attributes.onShutdown();
            if (!(actor.onShutdown instanceof OnShutdown.Die)) {
                actor.performer.trap(true);
            }
            int attempt = run.recorder().started(context, id, dynamicChild);
            actor.init(attributes.init().at(attempt));
            return actor;
        };
    }

    // Init

    private void init(InitSchedule.Action action) {
        switch (action) {
            case InitSchedule.Action.Ok(var info) when info.isPresent() ->
                    context.started(info.get());
            case InitSchedule.Action.Ok(var info) -> context.started();
            case InitSchedule.Action.Wait(var next) -> {
                context.holdStart();
                wait = new Wait.ForRelease(next);
                run.recorder().waits(id, context.self());
            }
            case InitSchedule.Action.Ignore() -> throw failing(context::ignore);
            case InitSchedule.Action.Fail(var reason) ->
                    throw failing(() -> context.stop(Reasons.parse(reason)));
            case InitSchedule.Action.Crash(var name) -> throw failing(() -> new PlannedCrash(name));
        }
    }

    private RuntimeException failing(Supplier<RuntimeException> end) {
        run.recorder().mute(self);
        return end.get();
    }

    // Messages

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Letter letter -> mail.add(letter);
            case Message.Delayed(var reason) -> throw context.stop(reason);
            case Message.Released() -> {
                if (wait instanceof Wait.ForRelease(var next)) {
                    wait = new Wait.None();
                    init(next);
                }
            }
            case Message.Started(var result) -> {
                if (wait instanceof Wait.ForStart(var started, var batch)) {
                    wait = new Wait.None();
                    batch.result(resultOfStart(started, result));
                    execute(batch);
                }
            }
        }
        takeLetters();
        run.recorder().queued(self, mail.size());
    }

    private void takeLetters() {
        while (wait instanceof Wait.None) {
            var letter = isHeld ? mail.takeCommand() : mail.take();
            if (letter.isEmpty()) {
                return;
            }
            take(letter.get());
        }
    }

    private void take(Message.Letter letter) {
        switch (letter) {
            case Message.Execute(var batch) -> execute(batch);
            case Message.Text(var from, var text) -> record(new Receipt.Text(from, text));
            case Message.Gone(var news) ->
                    record(new Receipt.Gone(performer.nameOf(news.monitor()), news));
            case Message.Exit(var news) when context.parent().equals(Optional.of(news.from())) ->
                    exitOfParent(news);
            case Message.Exit(var news) -> record(new Receipt.Exit(news));
        }
    }

    private void record(Receipt receipt) {
        run.recorder().received(self, receipt);
    }

    private void exitOfParent(Exited news) {
        switch (onShutdown) {
            case OnShutdown.Die die -> record(new Receipt.Exit(news));
            case OnShutdown.Ignore ignore -> record(new Receipt.Exit(news));
            case OnShutdown.Exit() -> throw context.stop(news.reason());
            case OnShutdown.Reason(var reason) -> throw context.stop(Reasons.parse(reason));
            case OnShutdown.Delay(var millis) -> {
                wait = new Wait.ForDelay();
                var over = new Message.Delayed(news.reason());
                context.timers().after(Duration.ofMillis(millis), over);
            }
        }
    }

    // Commands

    private void execute(Batch batch) {
        while (!batch.isDone()) {
            switch (batch.next()) {
                case Action.Deed deed -> batch.result(performer.perform(deed, batch.known()));
                case Action.Hold() -> batch.result(hold(true));
                case Action.Resume() -> batch.result(hold(false));
                case Action.Start(var supervisor) -> {
                    wait = new Wait.ForStart(start(supervisor), batch);
                    return;
                }
            }
        }
    }

    private String hold(boolean on) {
        isHeld = on;
        return "ok";
    }

    private Pid start(String supervisor) {
        var factory = Entities.supervisor(run, supervisor);
        return context.startLinked(factory, Run.options(supervisor), Message.Started::new).pid();
    }

    private String resultOfStart(Pid started, StartResult<?> result) {
        return switch (result) {
            case StartResult.Running<?> running -> "ok " + run.recorder().name(started);
            case StartResult.Failed<?> failed -> failed(started, failed.failure());
        };
    }

    // In Erlang the exit of a process that fails to start reaches its starter as any other does.
    private String failed(Pid started, StartFailure failure) {
        boolean isIgnored = failure instanceof StartFailure.Ignored;
        if (!performer.traps() && !isIgnored) {
            throw context.stop(failure.reason());
        }
        if (!(failure.reason() instanceof Killed)) {
            run.recorder().mute(started);
            if (performer.traps()) {
                mail.add(new Message.Exit(new Exited(started, failure.reason())));
            }
        }
        return isIgnored ? "ignore" : "error " + Reasons.text(failure.reason());
    }
}
