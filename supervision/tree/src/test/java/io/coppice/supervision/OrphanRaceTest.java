package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A supervisor is killed at any moment of starting, restarting or stopping: nobody stays behind.
 */
class OrphanRaceTest extends OnANode {

    private static final int ROUNDS = 1_000;

    /** What the supervisor is doing at the moment before the kill. */
    private enum Moment {
        STARTING,
        STOPPING,
        SERVING,
        OVER
    }

    private final SplittableRandom random = new SplittableRandom(7);
    private final Map<Moment, Integer> struck = new EnumMap<>(Moment.class);

    /** Takes its time in init; ends with its parent, of which it learns by a message. */
    private static final ActorFactory<Exited> LEAF =
            context -> {
                context.trapExits(exited -> exited);
                LockSupport.parkNanos(20_000);
                return exited -> context.stop(exited.reason());
            };

    private static final ActorFactory<Object> PLAIN =
            context -> (Actor<Object>) message -> LockSupport.parkNanos(20_000);

    private static Child<Exited> leaf(String id) {
        return worker(id, LEAF).name(Name.of(id));
    }

    private static Supervisor tree(Strategy strategy) {
        return supervisor("top", strategy)
                .restarts(1_000_000, ofSeconds(60))
                .children(
                        leaf("a"),
                        worker("b", PLAIN).name(Name.of("b")),
                        supervisor("sub", strategy)
                                .name(Name.of("sub"))
                                .restarts(1_000_000, ofSeconds(60))
                                .children(leaf("c"), worker("d", PLAIN).name(Name.of("d"))),
                        dynamicSupervisor(
                                "dynamic", each("x", (context, nothing) -> message -> {})));
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void nobody_is_left_when_the_supervisor_is_killed(Strategy strategy) {
        for (int round = 0; round < ROUNDS; round++) {
            var top = node.spawn(tree(strategy), SpawnOptions.defaults()).pid();
            switch (random.nextInt(3)) {
                case 0 -> aLittleLater();
                case 1 -> {
                    node.kill(awaitSomebody());
                    aLittleLater();
                }
                default -> {
                    await().pollDelay(ZERO)
                            .pollInterval(ofMillis(1))
                            .until(() -> momentOf(top) == Moment.SERVING);
                    node.exit(top, ExitReason.SHUTDOWN);
                    aMomentLater();
                }
            }
            struck.merge(momentOf(top), 1, Integer::sum);

            node.kill(top);

            await().pollDelay(ZERO).pollInterval(ofMillis(1)).until(() -> node.processes() == 0);
        }
        await().until(() -> node.timers() == 0);
        assertThat(struck)
                .as("where the kill struck")
                .containsKeys(Moment.STARTING, Moment.STOPPING, Moment.SERVING);
    }

    private void aLittleLater() {
        spin(random.nextLong(400_000));
    }

    /** Mostly a short one: to stop takes some ten microseconds. */
    private void aMomentLater() {
        spin(random.nextLong(1L << random.nextInt(12, 19)));
    }

    private void spin(long nanos) {
        long end = node.clock().nanoTime() + nanos;
        while (node.clock().nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** One of those that have a name, as soon as there is one. */
    private Pid awaitSomebody() {
        for (; ; ) {
            for (var name : List.of("a", "b", "sub", "c", "d")) {
                var found = node.registry().lookup(Name.of(name));
                if (found.isPresent()) {
                    return found.get().pid();
                }
            }
            Thread.onSpinWait();
        }
    }

    private Moment momentOf(Pid supervisor) {
        return Published.of(supervisor, node)
                .map(
                        state ->
                                switch (state.phase()) {
                                    case Phase.Starting starting -> Moment.STARTING;
                                    case Phase.Stopping stopping -> Moment.STOPPING;
                                    case Phase.StoppingAll stopping -> Moment.STOPPING;
                                    case Phase.Serving() -> Moment.SERVING;
                                    case Phase.Over() -> Moment.OVER;
                                })
                .orElse(Moment.OVER);
    }
}
