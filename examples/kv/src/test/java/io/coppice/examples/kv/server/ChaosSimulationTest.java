package io.coppice.examples.kv.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.Node;
import io.coppice.actor.StartFailure;
import io.coppice.examples.kv.store.Plan;
import io.coppice.examples.kv.store.Reply;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.TreeChange;
import io.coppice.supervision.TreeView;
import io.coppice.testkit.Faults;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Search;
import io.coppice.testkit.Simulated;
import io.coppice.testkit.Simulation;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The tree of production under a schedule that decides who goes next, while every process of it is
 * killed at every step: the laws of the tree hold, and what was acknowledged is there, once.
 */
class ChaosSimulationTest {

    private static final int EACH = 2;
    private static final long SCHEDULES = 1_000;

    /** A run has so many, at most. */
    private static final int STEPS = 600;

    /** Who is started again when somebody is killed; nobody when the root is. */
    private static final SortedMap<String, List<String>> RESTARTED =
            new TreeMap<>(
                    Map.of(
                            "kv", List.of(),
                            "store", paths("store", "store/shard-0", "store/shard-1"),
                            "shard-0", paths("store/shard-0"),
                            "shard-1", paths("store/shard-1"),
                            "front", paths("front", "front/connections", "front/listener"),
                            "connections", paths("front/connections", "front/listener"),
                            "connection", List.of(),
                            "listener", paths("front/listener")));

    private static List<String> paths(String... below) {
        return Stream.of(below).map(path -> "kv/" + path).toList();
    }

    // Who is killed, and when

    @TestFactory
    Stream<DynamicTest> a_kill_at_any_step_breaks_no_law_and_no_promise() {
        return RESTARTED.keySet().stream()
                .map(victim -> DynamicTest.dynamicTest(victim, () -> killAtEveryStep(victim)));
    }

    private static void killAtEveryStep(String victim) {
        var asItComes = hunt(List.of(victim)).withSearch(Search.exhaustive(0)).withSchedules(1);
        for (int step = 0; step <= STEPS; step++) {
            asItComes.withFaults(Faults.none().killAt(victim, step)).check();
        }
    }

    /** Without a kill, a run is over by {@link #STEPS}: so there is no later step to kill at. */
    @Test
    void all_steps_are_tried() {
        var last = hunt(List.of()).trace(1).lines().getLast();
        assertThat(steps(last)).as(last).isBetween(STEPS / 2, STEPS);
    }

    private static int steps(String line) {
        return Integer.parseInt(line.strip().split(" +", 2)[0]);
    }

    @TestFactory
    Stream<DynamicTest> kills_at_any_moment_of_any_schedule_break_no_law_and_no_promise() {
        return Stream.of(
                        List.of("shard-0", "shard-0", "connection"),
                        List.of("shard-1", "store"),
                        List.of("connection", "connections", "listener"),
                        List.of("front", "connection", "shard-1"),
                        List.of("kv", "store"))
                .map(
                        victims ->
                                DynamicTest.dynamicTest(
                                        String.join(", ", victims), () -> killAtRandom(victims)));
    }

    private static void killAtRandom(List<String> victims) {
        var random = new Random(victims.hashCode());
        for (int seed = 0; seed < SCHEDULES; seed++) {
            var faults = Faults.none();
            for (var victim : victims) {
                faults = faults.killAt(victim, random.nextInt(STEPS));
            }
            hunt(victims).withFaults(faults).withSeed(seed).withSchedules(1).check();
        }
    }

    private static Hunt hunt(List<String> victims) {
        return Hunt.of(simulation -> serve(simulation, victims)).withName("serve");
    }

    // What happens meanwhile

    /** Two clients ask. */
    private static void serve(Simulation simulation, List<String> victims) {
        var complaints = new ArrayList<String>();
        var mourner = Mourner.on(simulation.node(), complaints);
        var server = new SimulatedServer(simulation);
        try {
            server.start();
        } catch (StartFailure killedInInit) {
            simulation.settle();
            assertThat(simulation.node().processes()).isZero();
            return;
        }
        var before = server.view();
        before.map(Mourner.Message.Watch::new).ifPresent(mourner::send);
        var ann = ask(server.guest(), "ann");
        var bob = ask(server.guest(), "bob");
        server.serve();
        simulation.calm();
        server.settle();

        assertThat(complaints).isEmpty();
        var after = server.view();
        if (after.isPresent()) {
            checkTree(before.orElseThrow(), after.get(), simulation.node(), victims);
            checkAnswers(ann, bob);
            checkStop(simulation.node());
        } else {
            assertThat(victims).contains("kv");
            assertThat(simulation.node().processes()).isZero();
        }
        checkDisk(server, ann, bob);
    }

    private static Guest ask(Guest guest, String name) {
        for (int i = 0; i < EACH; i++) {
            guest.ask("INCR", "total");
            guest.ask("RPUSH", "list", name + i);
        }
        return guest;
    }

    // The laws of the tree

    private static void checkTree(
            TreeView before, TreeView after, Node node, List<String> victims) {
        var allowed = new TreeSet<String>();
        var due = new TreeSet<String>();
        for (var victim : victims) {
            allowed.addAll(RESTARTED.get(victim));
            if (process(before, victim).filter(it -> !node.isAlive(it)).isPresent()) {
                due.addAll(RESTARTED.get(victim)); // it was killed after the first look
            }
        }
        var change = TreeChange.between(before, after);
        var restarted = withoutConnections(change.restarted());
        var added = withoutConnections(change.added());
        assertThat(change.gone()).filteredOn(ChaosSimulationTest::isOfTheTree).isEmpty();
        assertThat(restarted).isSubsetOf(allowed);
        assertThat(added).isSubsetOf(allowed);
        assertThat(concat(restarted, added)).containsAll(due);
        assertThat(node.processes()).as("no orphans").isEqualTo(1 + processes(after));
    }

    private static Optional<Pid> process(TreeView tree, String id) {
        return Stream.concat(
                        Stream.of(tree).filter(it -> it.id().equals(id)).flatMap(it -> pid(it)),
                        tree.children().stream().flatMap(it -> process(it, id).stream()))
                .findFirst();
    }

    private static Stream<Pid> pid(TreeView part) {
        return part.live().flatMap(TreeView.Live::pid).stream();
    }

    private static long processes(TreeView tree) {
        assertThat(tree.live().orElseThrow().state()).isEqualTo(TreeView.State.RUNNING);
        return pid(tree).count()
                + tree.children().stream().mapToLong(ChaosSimulationTest::processes).sum();
    }

    private static List<String> withoutConnections(List<String> paths) {
        return paths.stream().filter(ChaosSimulationTest::isOfTheTree).toList();
    }

    private static boolean isOfTheTree(String path) {
        return !path.equals(KvTree.EACH_CONNECTION);
    }

    private static List<String> concat(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static void checkStop(Node node) {
        var report = node.stop(ofMinutes(1));
        assertThat(report.reason()).isEqualTo(ExitReason.SHUTDOWN);
        assertThat(report.stopped())
                .extracting(stopped -> stopped.process().label())
                .filteredOn(label -> !List.of("connection", "mourner").contains(label))
                .containsExactly(
                        "listener", "connections", "front", "shard-1", "shard-0", "store", "kv");
        assertThat(node.processes()).isZero();
        assertThat(node.fates().isBalanced()).isTrue();
    }

    // The promise of the server

    /** Each request was carried out once, and answered in its turn. */
    private static void checkAnswers(Guest ann, Guest bob) {
        for (int first = 0; first < 2; first++) {
            var numbers = new ArrayList<Long>();
            for (var guest : List.of(ann, bob)) {
                var own = numbers(guest, first);
                assertThat(own).hasSize(EACH).isSorted();
                numbers.addAll(own);
            }
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 2 * EACH).boxed().toList());
        }
    }

    /** The answers to every second request. */
    private static List<Long> numbers(Guest guest, int first) {
        var numbers = new ArrayList<Long>();
        for (int i = first; i < guest.answers().size(); i += 2) {
            assertThat(guest.answers().get(i)).isInstanceOf(Reply.Number.class);
            numbers.add(((Reply.Number) guest.answers().get(i)).value());
        }
        return numbers;
    }

    /** What was answered is there, and nothing is there twice. */
    private static void checkDisk(SimulatedServer server, Guest ann, Guest bob) {
        int answered = numbers(ann, 0).size() + numbers(bob, 0).size();
        assertThat(counter(server.onDisk("GET", "total"))).isBetween(answered, 2 * EACH);
        var list = list(server.onDisk("LRANGE", "list", "0", "-1"));
        assertThat(list).doesNotHaveDuplicates().containsAll(pushed("ann", ann));
        assertThat(list).containsAll(pushed("bob", bob));
        for (var name : List.of("ann", "bob")) {
            assertThat(list.stream().filter(it -> it.startsWith(name)).toList()).isSorted();
        }
    }

    private static List<String> pushed(String name, Guest guest) {
        return LongStream.range(0, numbers(guest, 1).size()).mapToObj(i -> name + i).toList();
    }

    private static int counter(Reply reply) {
        return reply instanceof Reply.Bulk(var value) ? Integer.parseInt(value.text()) : 0;
    }

    private static List<String> list(Reply reply) {
        return reply instanceof Reply.Array(var elements)
                ? elements.stream().map(it -> ((Reply.Bulk) it).value().text()).toList()
                : List.of();
    }

    // Budgets

    @Simulated(schedules = 10)
    void a_shard_that_fails_too_often_takes_the_store_with_it_and_nothing_else(
            Simulation simulation) {
        var server = new SimulatedServer(simulation);
        var node = server.start();
        var before = server.view().orElseThrow();
        var ann = ask(server.guest(), "ann");
        server.serve();
        for (int kill = 1; kill <= 11; kill++) { // in five seconds, of which ten are restarts
            node.kill(process(server.view().orElseThrow(), "shard-0").orElseThrow());
            simulation.advance(ofSeconds(5).dividedBy(20));
            var restarted = TreeChange.between(before, server.view().orElseThrow()).restarted();
            assertThat(restarted).isEqualTo(RESTARTED.get(kill <= 10 ? "shard-0" : "store"));
        }
        ann.ask("INCR", "total");
        server.serve();
        assertThat(ann.answers().getLast()).isEqualTo(Reply.of(EACH + 1));
    }

    @Test
    void both_shards_are_put_to_the_test() {
        assertThat(shard("INCR", "total")).isNotEqualTo(shard("LRANGE", "list", "0", "-1"));
    }

    private static int shard(String... words) {
        var plan = Plan.of(SimulatedServer.command(words), SimulatedServer.SHARDS);
        return plan.parts().getFirst().shard();
    }
}
