package io.coppice.examples.kv.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.time.Duration.ofSeconds;

import io.coppice.examples.kv.store.Reply;
import io.coppice.process.Pid;
import io.coppice.supervision.TreeChange;
import io.coppice.supervision.TreeView;
import io.coppice.testkit.Simulated;
import io.coppice.testkit.Simulation;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Who is started again when somebody of the tree is killed, in the words of this tree. */
class KvTreeSimulationTest {

    /** Nobody when it is the root. */
    private static final SortedMap<String, List<String>> RESTARTED =
            new TreeMap<>(
                    Map.of(
                            "store", paths("store", "store/shard-0", "store/shard-1"),
                            "shard-0", paths("store/shard-0"),
                            "shard-1", paths("store/shard-1"),
                            "front", paths("front", "front/connections", "front/listener"),
                            "connections", paths("front/connections", "front/listener"),
                            "listener", paths("front/listener")));

    private static List<String> paths(String... below) {
        return Stream.of(below).map(path -> "kv/" + path).toList();
    }

    @TestFactory
    Stream<DynamicTest> a_killed_process_comes_back_with_those_who_depend_on_it() {
        return RESTARTED.keySet().stream()
                .map(
                        victim ->
                                DynamicTest.dynamicTest(
                                        victim,
                                        () -> Simulation.check(10, it -> kill(victim, it))));
    }

    private static void kill(String victim, Simulation simulation) {
        var server = new SimulatedServer(simulation);
        var node = server.start();
        var before = server.view().orElseThrow();
        node.kill(process(before, victim).orElseThrow());
        server.settle();
        var change = TreeChange.between(before, server.view().orElseThrow());
        assertThat(change.restarted()).isEqualTo(RESTARTED.get(victim));
        assertThat(change.gone()).isEmpty();
    }

    private static Optional<Pid> process(TreeView tree, String id) {
        return Stream.concat(
                        Stream.of(tree)
                                .filter(it -> it.id().equals(id))
                                .flatMap(it -> it.live().flatMap(TreeView.Live::pid).stream()),
                        tree.children().stream().flatMap(it -> process(it, id).stream()))
                .findFirst();
    }

    @Simulated(schedules = 10)
    void a_shard_that_fails_too_often_takes_the_store_with_it_and_nothing_else(
            Simulation simulation) {
        var server = new SimulatedServer(simulation);
        var node = server.start();
        var before = server.view().orElseThrow();
        var ann = server.guest();
        ann.ask("INCR", "total");
        server.serve();
        for (int kill = 1; kill <= 11; kill++) { // in five seconds, of which ten are restarts
            node.kill(process(server.view().orElseThrow(), "shard-0").orElseThrow());
            simulation.advance(ofSeconds(5).dividedBy(20));
            var restarted = TreeChange.between(before, server.view().orElseThrow()).restarted();
            assertThat(restarted).isEqualTo(RESTARTED.get(kill <= 10 ? "shard-0" : "store"));
        }
        ann.ask("INCR", "total");
        server.serve();
        assertThat(ann.answers().getLast()).isEqualTo(Reply.of(2));
    }
}
