package io.coppice.testkit.model;

import io.coppice.process.ExitReason;
import io.coppice.testkit.model.Part.Stage;
import io.coppice.testkit.model.Signal.MonitorId;
import io.coppice.testkit.model.supervisor.Behaviour;
import io.coppice.testkit.model.supervisor.Deed;
import io.coppice.testkit.model.supervisor.Letter;
import io.coppice.testkit.model.supervisor.Letter.Started;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Heard;
import io.coppice.testkit.script.Reasons;
import io.vavr.control.Option;

import java.util.Optional;

/** What a process does that was started by id. All of it is made of what any process can do. */
final class Deeds {

    private Deeds() {}

    /** {@code who} enters its init. */
    static World begin(World world, String who) {
        var part = world.proc(who).part().get();
        var begun = world.with(who, proc -> proc.withPart(part.at(Stage.IN_INIT)));
        return perform(happened(begun, who, Optional.empty()), who, part.behaviour().begin(world));
    }

    /** {@code who} has taken {@code letter} out of its mailbox. */
    static World receive(World world, String who, Letter letter) {
        var behaviour = world.proc(who).part().get().behaviour();
        return perform(world, who, behaviour.receive(letter, world));
    }

    /** {@code who} has ended. */
    static World ended(World world, String who, ExitReason reason) {
        var quiet = world.with(world.scene().withoutAlarm(who));
        return world.proc(who).part().exists(Part::hasBegun)
                ? happened(quiet, who, Optional.of(reason))
                : quiet;
    }

    private static World happened(World world, String who, Optional<ExitReason> end) {
        var proc = world.proc(who);
        var part = proc.part().get();
        boolean isFailed = part.stage() == Stage.FAILED;
        var event = new Event(who, proc.parent().get(), part.isDynamic(), end, isFailed);
        return world.with(world.scene().with(event));
    }

    private static World perform(World world, String who, Behaviour.Turn turn) {
        var changed = world.with(who, proc -> proc.withBehaviour(turn.next()));
        return turn.deeds().foldLeft(changed, (now, deed) -> perform(now, who, deed));
    }

    private static World perform(World world, String who, Deed deed) {
        return switch (deed) {
            case Deed.Trap() -> world.with(who, proc -> proc.withTrapping(true));
            case Deed.SpawnLinked(var id, var process, boolean isDynamic) ->
                    spawn(world, who, id, process, isDynamic);
            case Deed.Ack(var starter, var result) ->
                    Acts.send(
                            acked(world, who, result),
                            who,
                            starter,
                            mail(new Letter.Acked(who, result)));
            case Deed.Monitor(var process) ->
                    Acts.monitor(world, monitor(world, who, process, "end"));
            case Deed.Exit(var process, var reason) ->
                    Acts.send(world, who, process, new Signal.Exit(reason));
            case Deed.Kill(var process) -> Acts.send(world, who, process, new Signal.Kill());
            case Deed.UnlinkAndFlush(var process) ->
                    flush(Acts.unlink(world, who, process), who, process);
            case Deed.Alarm(long millis) -> world.with(world.scene().withAlarm(who, millis));
            case Deed.NoAlarm() -> world.with(world.scene().withoutAlarm(who));
            case Deed.SendSelf(var letter) -> Acts.send(world, who, who, mail(letter));
            case Deed.Reply(var caller, var text) ->
                    Acts.send(world, who, caller, new Signal.Message(text));
            case Deed.Stop(var reason) ->
                    Deaths.die(
                            world.with(who, proc -> proc.withPart(proc.part().get().ending())),
                            who,
                            reason);
        };
    }

    private static World acked(World world, String who, Started result) {
        return result instanceof Started.Ok
                ? world.with(who, proc -> proc.withPart(proc.part().get().at(Stage.STARTED)))
                : world;
    }

    static Signal mail(Letter letter) {
        return new Signal.Mail(letter);
    }

    static MonitorId monitor(World world, String who, String process, String label) {
        return new MonitorId(who, world.proc(who).count(), label, process, Option.none());
    }

    private static World flush(World world, String who, String peer) {
        var mailbox = world.proc(who).mailbox();
        int at =
                mailbox.indexWhere(
                        item ->
                                item instanceof Proc.News(Heard(var from, var reason), var down)
                                        && from.equals(peer));
        return at < 0 ? world : world.with(who, proc -> proc.withMailbox(mailbox.removeAt(at)));
    }

    // Starts

    private static World spawn(
            World world, String who, String id, String process, boolean isDynamic) {
        var scene = world.scene();
        var role = scene.cast().get(id).getOrElseThrow(() -> new IllegalStateException(id));
        var part = new Part(role.behaviour(who, scene.attempt(id)), Stage.CREATED, isDynamic);
        return Acts.spawn(world.with(scene.withAttempt(id)), who, process, true, "")
                .with(process, proc -> proc.withPart(part).withKnown(true));
    }

    /** {@code who}, which acts for itself, starts {@code id} and waits for its init. */
    static World start(World world, String who, String id) {
        var process = world.nextOf(id);
        return spawn(world, who, id, process, false)
                .with(who, proc -> proc.withStarting(Option.of(new Proc.Starting(id, process))));
    }

    /** It has been told what became of that, or of the process that was to tell. */
    static World started(World world, String who, Letter letter) {
        var id = world.proc(who).starting().get().id();
        return world.with(who, proc -> proc.withStarting(Option.none()))
                .see(who, new Did(new Act.StartLinked(id), result(letter)));
    }

    private static String result(Letter letter) {
        return switch (letter) {
            case Letter.Acked(var from, Started.Ok ok) -> "ok " + from;
            case Letter.Acked(var from, Started.Ignored()) -> "ignore";
            case Letter.Acked(var from, Started.Failed(var reason)) -> error(reason);
            case Letter.Exit(var from, var reason) -> error(reason);
            default -> throw new IllegalStateException("it does not take " + letter);
        };
    }

    private static String error(ExitReason reason) {
        return "error " + Reasons.text(reason);
    }
}
