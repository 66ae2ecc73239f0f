package io.coppice.examples.incidents.log;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.CallFailure;
import io.coppice.actor.Node;
import io.coppice.actor.StartFailure;
import io.coppice.examples.incidents.log.kit.Receipt;
import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.examples.incidents.log.kit.Store;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** One who sends commands, and is killed at each step; or its disk fails at each write. */
public final class PublishBeforeStore implements Incident {

    private static final List<String> COMMANDS =
            IntStream.rangeClosed(1, 5).mapToObj(i -> "command-" + i).toList();

    @Override
    public Story story() {
        return Story.of(
                        "publish-before-store",
                        "A command is published before it is stored, and lost")
                .from("R1")
                .elsewhere(
                        "The caller is answered, the command is published, and then it is stored."
                                + " If the peer is away, and the sender dies in between, it is"
                                + " nowhere.")
                .here(
                        "The sender is one process: it stores, answers, and then sends what it"
                                + " reads back. Killed anywhere, it is started again by its"
                                + " supervisor, and whoever waited for it is told that it has"
                                + " ended. The log is this program's own (log.kit). A simulation"
                                + " kills the sender at every step, and fails every write.");
    }

    private static Facts facts(long lost, long twice, boolean full) {
        return Facts.of("answered and lost, with a failure at each step", lost)
                .and("delivered twice", twice)
                .and("a caller is told that the store is full", full);
    }

    @Override
    public Facts right() {
        return facts(0, 0, true);
    }

    @Override
    public Elsewhere elsewhere() {
        int steps = 3 * COMMANDS.size();
        long lost = IntStream.rangeClosed(0, steps).mapToLong(PublishBeforeStore::lostIf).sum();
        return Elsewhere.reenacted(facts(lost, 0, false));
    }

    /** The peer is away all the while; when it comes it is sent what is stored. */
    private static long lostIf(int killedAt) {
        List<String> answered = new ArrayList<>();
        List<String> published = new ArrayList<>();
        List<String> stored = new ArrayList<>();
        for (int step = 0; step < killedAt; step++) {
            var command = COMMANDS.get(step / 3);
            switch (step % 3) {
                case 0 -> answered.add(command);
                case 1 -> published.add(command); // Nobody is there.
                default -> stored.add(command);
            }
        }
        answered.removeAll(stored);
        return answered.size();
    }

    @Override
    public Facts here() {
        var lost = new LongAdder();
        var twice = new LongAdder();
        Tries.Trial trial =
                (simulation, rig) -> {
                    var result = send(simulation, rig);
                    lost.add(result.lost());
                    twice.add(result.twice());
                };
        Tries.killedAtEachStep("sender", simulation -> trial.play(simulation, Rig.fresh()));
        Tries.failingAtEachWrite(Rig::fresh, rig -> rig.store().disk(), trial);
        return facts(lost.sum(), twice.sum(), Tries.once(PublishBeforeStore::isToldFull));
    }

    private static boolean isToldFull(Simulation simulation) {
        var rig = Rig.fresh().with(new Store(COMMANDS.size()));
        var node = simulation.node();
        rig.startSender(node);
        return COMMANDS.stream().allMatch(it -> isAnswered(rig, node, it))
                && rig.submit(node, "one too many") instanceof Receipt.Full;
    }

    private record Result(List<String> answered, List<String> delivered) {

        long lost() {
            return answered.stream().filter(it -> !delivered.contains(it)).count();
        }

        long twice() {
            return delivered.size() - delivered.stream().distinct().count();
        }
    }

    private static Result send(Simulation simulation, Rig rig) {
        List<String> answered = new ArrayList<>();
        try {
            var node = simulation.start(rig.tree());
            COMMANDS.stream()
                    .filter(command -> isAnswered(rig, node, command))
                    .forEach(answered::add);
        } catch (StartFailure killedInInit) {
            return new Result(List.of(), List.of());
        }
        simulation.advance(ofSeconds(30));
        return new Result(answered, rig.journal().effects());
    }

    private static boolean isAnswered(Rig rig, Node node, String command) {
        try {
            return rig.submit(node, command) instanceof Receipt.Stored;
        } catch (CallFailure told) {
            return false;
        }
    }
}
