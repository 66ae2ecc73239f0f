package io.coppice.supervision;

import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.Name;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Everything is killed all the time, the root aside. */
class StormTest extends OnANode {

    private static final int STRIKES = 1_000;
    private static final int THREADS = 3;

    private final Supervisor tree =
            supervisor("top", ONE_FOR_ONE)
                    .restarts(1_000_000, ofSeconds(60))
                    .children(
                            leaf("a"),
                            lasting("all", ONE_FOR_ALL).children(leaf("b"), leaf("c"), leaf("d")),
                            lasting("rest", REST_FOR_ONE)
                                    .children(
                                            leaf("e"),
                                            lasting("deep", ONE_FOR_ONE)
                                                    .children(leaf("f"), leaf("g")),
                                            leaf("h")),
                            dynamicSupervisor(
                                            "dynamic",
                                            each("i", (context, nothing) -> message -> {}))
                                    .restarts(1_000_000, ofSeconds(60)));

    /** Who has a name, which is all but the root and the dynamic supervisor. */
    private static final List<String> NAMES =
            List.of("a", "all", "b", "c", "d", "rest", "e", "deep", "f", "g", "h");

    private static Child<Object> leaf(String id) {
        return Child.<Object>worker(id, context -> (Actor<Object>) message -> {}).name(Name.of(id));
    }

    private static Supervisor lasting(String id, Strategy strategy) {
        return supervisor(id, strategy).restarts(1_000_000, ofSeconds(60)).name(Name.of(id));
    }

    private Optional<Pid> process(String name) {
        return node.registry().lookup(Name.of(name)).map(it -> it.pid());
    }

    @Test
    void a_storm_of_kills_leaves_a_whole_tree_and_nothing_else() throws Exception {
        var top = start(tree);
        var storms = new ArrayList<Thread>();
        for (int seed = 0; seed < THREADS; seed++) {
            var random = new SplittableRandom(seed);
            storms.add(Thread.ofVirtual().start(() -> storm(random)));
        }
        for (var storm : storms) {
            storm.join();
        }

        await().atMost(ofSeconds(20)).untilAsserted(this::assertWhole);

        top.send(new Supervisor.Message.Stop(ExitReason.NORMAL));
        await().until(() -> node.processes() == 0 && node.timers() == 0);
    }

    private void storm(SplittableRandom random) {
        for (int i = 0; i < STRIKES; i++) {
            strike(awaitProcess(NAMES.get(random.nextInt(NAMES.size()))), random.nextBoolean());
        }
    }

    private Pid awaitProcess(String name) {
        for (; ; ) {
            var there = process(name);
            if (there.isPresent()) {
                return there.get();
            }
            Thread.yield();
        }
    }

    private void strike(Pid victim, boolean kills) {
        if (kills) {
            node.kill(victim);
        } else {
            node.exit(victim, BOOM); // which supervisors take for a stranger's
        }
    }

    private void assertWhole() {
        assertThat(NAMES).allMatch(name -> process(name).isPresent());
        int dynamicAndTop = 2;
        assertThat(node.processes()).isEqualTo(NAMES.size() + dynamicAndTop);
    }
}
