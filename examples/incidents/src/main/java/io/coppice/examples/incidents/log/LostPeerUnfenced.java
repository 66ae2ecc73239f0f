package io.coppice.examples.incidents.log;

import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.incidents.log.kit.Journal;
import io.coppice.examples.incidents.log.kit.Keeper;
import io.coppice.examples.incidents.log.kit.Line;
import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.supervision.Backoff;
import io.coppice.supervision.Child;
import io.coppice.testkit.Simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A worker that is taken for dead, is replaced, and comes back. */
public final class LostPeerUnfenced implements Incident {

    private static final Duration LOST_AFTER = ofSeconds(30);
    private static final Backoff BACKOFF =
            Backoff.exponential(ofSeconds(1), ofSeconds(8)).jitter(0).resetAfter(ofSeconds(60));

    @Override
    public Story story() {
        return Story.of("lost-peer-unfenced", "A lost peer comes back and is not fenced")
                .from("R20")
                .elsewhere(
                        "A worker that is not heard of is started elsewhere. When the first one"
                                + " comes back it is sent all that waits for it, and goes on: two"
                                + " of one worker.")
                .here(
                        "A monitor tells of the end of the connection's process, a timer in virtual"
                                + " time how long that has been. Then the incarnation is over: what"
                                + " waits for it is made void, and an order to stop takes its place"
                                + " (log.kit). Restarts with back-off are an option of a child,"
                                + " Coppice's own.");
    }

    private static Facts facts(String old, String successor, String pauses) {
        return Facts.of("what the first one is told when it comes back", old)
                .and("what its successor is told", successor)
                .and("seconds until it is started again, after each failure", pauses);
    }

    @Override
    public Facts right() {
        return facts("stop", "start", "1, 2, 4, 8, 8; after a quiet minute 1");
    }

    @Override
    public Elsewhere elsewhere() {
        List<String> log = new ArrayList<>(List.of("work-1", "work-2"));
        log.add("start"); // For whoever takes its place.
        var told = String.join(", ", log);
        return Elsewhere.reported(facts(told, told, "1, 2, 4, 8, 8; after a quiet minute 1"));
    }

    @Override
    public Facts here() {
        var told = Tries.once(LostPeerUnfenced::lose);
        var pauses = Tries.once(LostPeerUnfenced::failAgainAndAgain);
        var all = pauses.stream().map(Object::toString).toList();
        return facts(
                String.join(", ", told.old()),
                String.join(", ", told.successor()),
                String.join(", ", all.subList(0, 5))
                        + "; after a quiet minute "
                        + String.join(", ", all.subList(5, all.size())));
    }

    private record Told(List<String> old, List<String> successor) {}

    private static Told lose(Simulation simulation) {
        var node = simulation.node();
        var rig = Rig.fresh();
        var keeper = node.<Keeper.Message>start(context -> new Keeper(context, rig, LOST_AFTER));
        rig.startReceiver(node);

        var line = connect(node, keeper, rig);
        simulation.advance(ofSeconds(1));
        node.kill(line.pid());
        rig.submit(node, "work-0");
        simulation.advance(LOST_AFTER.minusSeconds(1));
        line = connect(node, keeper, rig); // In time.
        simulation.advance(LOST_AFTER);
        requireDone(rig, "start", "work-0");

        node.kill(line.pid());
        rig.submit(node, "work-1");
        rig.submit(node, "work-2");
        simulation.advance(LOST_AFTER.plusSeconds(1));
        var next = rig.of(rig.key().next()).with(new Journal());
        next.startReceiver(node);
        connect(node, keeper, next);
        connect(node, rig); // The first one: it was only cut off.
        simulation.advance(ofSeconds(10));
        return new Told(
                rig.journal().effects().stream().skip(2).toList(), next.journal().effects());
    }

    private static void requireDone(Rig rig, String... expected) {
        if (!rig.journal().effects().equals(List.of(expected))) {
            throw new IllegalStateException("it was not forgiven: " + rig.journal().effects());
        }
    }

    private static ActorRef<Line.Message> connect(
            Node node, ActorRef<Keeper.Message> keeper, Rig rig) {
        var line = connect(node, rig);
        keeper.send(new Keeper.Message.Connected(line.pid()));
        return line;
    }

    private static ActorRef<Line.Message> connect(Node node, Rig rig) {
        return Rig.connect(
                node,
                rig.store().nextEpoch(),
                node.registry().lookup(rig.senderName()).orElseThrow(),
                node.registry().lookup(rig.receiverName()).orElseThrow());
    }

    /** How many seconds lie between a failure and the next start. */
    private static List<Long> failAgainAndAgain(Simulation simulation) {
        List<Long> starts = new ArrayList<>();
        var tree =
                supervisor("workers", ONE_FOR_ONE)
                        .restarts(100, ofSeconds(1))
                        .children(
                                Child.<String>worker(
                                                "worker",
                                                context -> new Frail(context, simulation, starts))
                                        .backoff(BACKOFF));
        var node = simulation.node();
        node.start(tree, SpawnOptions.defaults());
        simulation.advance(ofSeconds(200));
        return IntStream.range(1, starts.size())
                .mapToObj(i -> starts.get(i) - starts.get(i - 1) - Frail.livedFor(i))
                .toList();
    }

    /** Fails at once the first five times, and after a minute and more the sixth. */
    private static final class Frail implements Actor<String> {

        private static final int QUICK = 5;
        private static final Duration LONG = ofSeconds(70);

        Frail(Context<String> context, Simulation simulation, List<Long> starts) {
            starts.add(simulation.now().toSeconds());
            if (starts.size() <= QUICK + 1) {
                context.timers().after(ofSeconds(livedFor(starts.size())), "fail");
            }
        }

        static long livedFor(int start) {
            return start <= QUICK ? 0 : LONG.toSeconds();
        }

        @Override
        public void receive(String message) {
            throw new IllegalStateException(message);
        }
    }
}
