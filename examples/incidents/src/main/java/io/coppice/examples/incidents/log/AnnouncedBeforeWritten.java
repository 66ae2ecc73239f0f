package io.coppice.examples.incidents.log;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.examples.incidents.log.kit.Codec;
import io.coppice.examples.incidents.log.kit.Door;
import io.coppice.examples.incidents.log.kit.Frame;
import io.coppice.examples.incidents.log.kit.Key;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.process.Pid;
import io.coppice.testkit.Simulation;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** A peer that is told that it is let in, and looks at once whether this is true. */
public final class AnnouncedBeforeWritten implements Incident {

    private static final int SCHEDULES = 200;
    private static final Key KEY = new Key("worker", 1);
    private static final Codec CODEC = new Codec(Codec.OLDEST);

    @Override
    public Story story() {
        return Story.of(
                        "announced-before-written",
                        "A signal announces data that is not written yet")
                .from("R14")
                .elsewhere(
                        "The message that a worker is registered is sent, and then the registration"
                                + " is written. Whoever is quick finds nothing, and takes it for"
                                + " the truth.")
                .here(
                        "What a process publishes is there for everybody when the call returns. It"
                                + " is published first (log.kit), and then told: the order of two"
                                + " lines. That the other order would be noticed is seen beside"
                                + " it: both are run on Coppice, in the same two hundred"
                                + " schedules.");
    }

    private static Facts facts(boolean missing) {
        return Facts.of("told, and not there", missing);
    }

    @Override
    public Facts right() {
        return facts(false);
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reenacted(facts(missing(HastyDoor::new)));
    }

    @Override
    public Facts here() {
        return facts(missing((context, peer) -> new Door(context, peer, frame -> {})));
    }

    private static boolean missing(
            BiFunction<Context<byte[]>, ActorRef<byte[]>, Actor<byte[]>> door) {
        return Tries.inSchedules(SCHEDULES, run -> look(run, door) ? 0 : 1) > 0;
    }

    /** Whether the peer, when it has been told, finds what it has been told of. */
    private static boolean look(
            Simulation simulation,
            BiFunction<Context<byte[]>, ActorRef<byte[]>, Actor<byte[]>> door) {
        var node = simulation.node();
        var found = new CompletableFuture<Boolean>();
        var doorPid = new CompletableFuture<Pid>();
        ActorFactory<byte[]> peer =
                context -> bytes -> found.complete(node.status(node.await(doorPid)).isPresent());
        var peerRef = node.start(peer);
        var doorRef = node.<byte[]>start(context -> door.apply(context, peerRef));
        doorPid.complete(doorRef.pid());
        doorRef.send(CODEC.write(new Frame.Hello(KEY, 1, 2)));
        return simulation.await(found);
    }

    /** Tells first, and writes then: the bug, on Coppice. */
    private static final class HastyDoor implements Actor<byte[]> {
        private final Context<byte[]> context;
        private final ActorRef<byte[]> peer;

        HastyDoor(Context<byte[]> context, ActorRef<byte[]> peer) {
            this.context = context;
            this.peer = peer;
        }

        @Override
        public void receive(byte[] hello) {
            peer.send(CODEC.write(new Frame.Welcome(1)));
            context.publish(new Door.Guest(KEY, 1));
        }
    }
}
