package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.statistics.Statistics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** How ends spread through any graph of links, on threads, against a search through the graph. */
class GraphProperties {

    private static final int MOST = 40;

    private enum How {
        EXIT,
        EXIT_NORMALLY,
        KILL,
        CRASH,
        STOP,
        STOP_NORMALLY
    }

    private record Node(boolean traps, Kind kind) {}

    private record Edge(int one, int other) {}

    private record FirstEnd(int node, How how) {}

    private record Graph(List<Node> nodes, List<Edge> edges, List<FirstEnd> ends) {

        List<Set<Integer>> neighbours() {
            var neighbours = new ArrayList<Set<Integer>>();
            nodes.forEach(node -> neighbours.add(new HashSet<>()));
            for (var edge : edges) {
                if (edge.one() != edge.other()) {
                    neighbours.get(edge.one()).add(edge.other());
                    neighbours.get(edge.other()).add(edge.one());
                }
            }
            return neighbours;
        }
    }

    /** What must become of each: nothing, or an end for one of some reasons. */
    private static List<Set<ExitReason>> search(Graph graph) {
        var reasons = new ArrayList<Set<ExitReason>>();
        graph.nodes().forEach(node -> reasons.add(new HashSet<>()));
        var neighbours = graph.neighbours();
        for (int i = 0; i < graph.ends().size(); i++) {
            var end = graph.ends().get(i);
            if (!ends(graph.nodes().get(end.node()), end.how())) {
                continue;
            }
            spread(graph, neighbours, reasons, end.node(), reasonOf(i, end.how()));
        }
        return reasons;
    }

    private static void spread(
            Graph graph,
            List<Set<Integer>> neighbours,
            List<Set<ExitReason>> reasons,
            int first,
            ExitReason reason) {
        reasons.get(first).add(reason);
        if (reason.equals(NORMAL)) {
            return;
        }
        Queue<Integer> next = new ArrayDeque<>(List.of(first));
        var seen = new HashSet<>(List.of(first));
        while (!next.isEmpty()) {
            for (int peer : neighbours.get(next.remove())) {
                if (!graph.nodes().get(peer).traps() && seen.add(peer)) {
                    reasons.get(peer).add(reason);
                    next.add(peer);
                }
            }
        }
    }

    private static boolean ends(Node node, How how) {
        return switch (how) {
            case EXIT -> !node.traps();
            case EXIT_NORMALLY -> false;
            default -> true;
        };
    }

    private static final List<Throwable> THROWN =
            List.of(new IllegalStateException("0"), new AssertionError("1"), new Exception("2"));

    private static ExitReason reasonOf(int number, How how) {
        return switch (how) {
            case EXIT, STOP -> custom(number);
            case KILL -> KILLED;
            case CRASH -> ExitReason.crashed(THROWN.get(number));
            case EXIT_NORMALLY, STOP_NORMALLY -> NORMAL;
        };
    }

    @Provide
    Arbitrary<Graph> oneEnd() {
        return graphs(1);
    }

    @Provide
    Arbitrary<Graph> someEnds() {
        return graphs(THROWN.size());
    }

    /** A normal end in the midst of others cuts their way or comes too late: nobody can tell. */
    private static How[] hows(int mostEnds) {
        return Stream.of(How.values())
                .filter(how -> mostEnds == 1 || how != How.STOP_NORMALLY)
                .toArray(How[]::new);
    }

    private static Arbitrary<Graph> graphs(int mostEnds) {
        var node =
                Combinators.combine(
                                Arbitraries.integers().between(1, 8).map(die -> die == 1),
                                Arbitraries.of(Kind.ACTOR, Kind.ACTOR, Kind.PROGRAM))
                        .as(Node::new);
        var nodes =
                Arbitraries.integers()
                        .between(2, MOST)
                        .withDistribution(RandomDistribution.uniform())
                        .flatMap(size -> node.list().ofSize(size));
        return nodes.flatMap(
                made -> {
                    var number =
                            Arbitraries.integers()
                                    .between(0, made.size() - 1)
                                    .withDistribution(RandomDistribution.uniform());
                    var edges =
                            Combinators.combine(number, number)
                                    .as(Edge::new)
                                    .list()
                                    .ofMinSize(made.size() / 2)
                                    .ofMaxSize(2 * made.size());
                    var ends =
                            Combinators.combine(number, Arbitraries.of(hows(mostEnds)))
                                    .as(FirstEnd::new)
                                    .list()
                                    .ofMinSize(1)
                                    .ofMaxSize(mostEnds)
                                    .uniqueElements(FirstEnd::node);
                    return Combinators.combine(edges, ends)
                            .as((linked, first) -> new Graph(made, linked, first));
                });
    }

    @Property(tries = 150)
    void one_end_spreads_as_far_as_a_search_says_with_one_reason(@ForAll("oneEnd") Graph graph) {
        check(graph);
    }

    @Property(tries = 150)
    void several_ends_spread_as_far_as_a_search_says_each_process_ending_once(
            @ForAll("someEnds") Graph graph) {
        check(graph);
    }

    private void check(Graph graph) {
        var house = House.open(2);
        try {
            var expected = search(graph);
            var made = new Made(house, graph);
            made.endAll();
            house.quiet();
            made.compare(expected);
            long ended = expected.stream().filter(reasons -> !reasons.isEmpty()).count();
            Statistics.label("ended").collect(ended < 2 ? ended + "" : ended < 9 ? "2-8" : "9-40");
        } finally {
            house.close();
        }
    }

    /** The graph made of processes. */
    private static final class Made {
        private final House house;
        private final Graph graph;
        private final List<Puppet> puppets = new ArrayList<>();

        Made(House house, Graph graph) {
            this.house = house;
            this.graph = graph;
            for (var node : graph.nodes()) {
                var puppet = house.puppet(node.kind());
                puppets.add(node.traps() ? puppet.trapping() : puppet);
            }
            for (var edge : graph.edges()) {
                var other = puppets.get(edge.other()).pid();
                puppets.get(edge.one()).does(context -> context.link(other));
            }
        }

        /** All first ends at once. */
        void endAll() {
            var go = new CountDownLatch(1);
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < graph.ends().size(); i++) {
                int number = i;
                threads.add(
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            Waiting.on(go);
                                            end(number, graph.ends().get(number));
                                        }));
            }
            go.countDown();
            for (var thread : threads) {
                Waiting.until("the end of a killer").until(() -> !thread.isAlive());
            }
        }

        private void end(int number, FirstEnd end) {
            var puppet = puppets.get(end.node());
            var reason = reasonOf(number, end.how());
            switch (end.how()) {
                case EXIT, EXIT_NORMALLY -> house.node().exit(puppet.pid(), reason);
                case KILL -> house.node().kill(puppet.pid());
                case STOP, STOP_NORMALLY -> puppet.tell(context -> context.stop(reason));
                case CRASH ->
                        puppet.tell(
                                context -> {
                                    throw GraphProperties.<RuntimeException>sneaky(
                                            THROWN.get(number));
                                });
            }
        }

        void compare(List<Set<ExitReason>> expected) {
            Map<Pid, ExitReason> ended = new HashMap<>();
            for (int i = 0; i < puppets.size(); i++) {
                var puppet = puppets.get(i);
                assertThat(puppet.isAlive())
                        .as("%s is alive; it may end with %s", puppet, expected.get(i))
                        .isEqualTo(expected.get(i).isEmpty());
                if (!puppet.isAlive()) {
                    assertThat(puppet.end()).isIn(expected.get(i));
                    ended.put(puppet.pid(), puppet.end());
                }
            }
            var neighbours = graph.neighbours();
            for (int i = 0; i < puppets.size(); i++) {
                if (puppets.get(i).isAlive()) {
                    compareSurvivor(i, neighbours.get(i), ended);
                }
            }
        }

        /** A survivor is linked to those that live, and has heard once of each that does not. */
        private void compareSurvivor(int i, Set<Integer> neighbours, Map<Pid, ExitReason> ended) {
            var links = new HashSet<Pid>();
            var news = new ArrayList<Object>();
            for (int neighbour : neighbours) {
                var pid = puppets.get(neighbour).pid();
                if (ended.containsKey(pid)) {
                    news.add(new Exited(pid, ended.get(pid)));
                } else {
                    links.add(pid);
                }
            }
            for (int e = 0; e < graph.ends().size(); e++) {
                var end = graph.ends().get(e);
                if (end.node() == i && graph.nodes().get(i).traps()) {
                    news.add(new Exited(house.node().outside(), reasonOf(e, end.how())));
                }
            }
            assertThat(puppets.get(i).links()).isEqualTo(links);
            assertThat(puppets.get(i).heard())
                    .containsExactlyInAnyOrderElementsOf(
                            graph.nodes().get(i).traps() ? news : Collections.emptyList());
        }
    }

    @SuppressWarnings("unchecked") // sneaky on purpose
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
