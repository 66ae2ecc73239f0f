package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Names of children whose supervisor was killed while they had them. */
class InheritanceTest {

    private static final Name<Supervisor.Message> MIDDLE = Name.of("middle");
    private static final Name<Exited> LEAF = Name.of("leaf");

    private final AtomicInteger starts = new AtomicInteger();
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    /** Traps exits and takes its time to end when its parent has died. */
    private final ActorFactory<Exited> leaf =
            context -> {
                starts.incrementAndGet();
                context.trapExits(exited -> exited);
                return exited -> {
                    told.countDown();
                    mayEnd.await();
                    context.stop(exited.reason());
                };
            };

    private Supervisor tree() {
        return supervisor("top", ONE_FOR_ONE)
                .restarts(1, ofSeconds(60))
                .children(
                        supervisor("middle", ONE_FOR_ONE)
                                .name(MIDDLE)
                                .children(worker("leaf", leaf).name(LEAF)));
    }

    /** Those between the dead and the leaf live on for a moment, and stop in order. */
    private Supervisor deeper() {
        return supervisor("top", ONE_FOR_ONE)
                .restarts(1, ofSeconds(60))
                .children(
                        supervisor("middle", ONE_FOR_ONE)
                                .name(MIDDLE)
                                .children(
                                        supervisor("inner", ONE_FOR_ONE)
                                                .children(
                                                        supervisor("innermost", ONE_FOR_ONE)
                                                                .children(
                                                                        worker("leaf", leaf)
                                                                                .name(LEAF)))));
    }

    @Test
    void a_restarted_child_waits_for_its_name_until_what_a_killed_supervisor_left_has_ended()
            throws Exception {
        assertLeafIsWaitedFor(tree());
    }

    @Test
    void what_a_killed_supervisor_left_at_any_depth_is_waited_for() throws Exception {
        assertLeafIsWaitedFor(deeper());
    }

    private void assertLeafIsWaitedFor(Supervisor tree) throws InterruptedException {
        try (var node = Node.start(tree)) {
            var left = node.registry().ref(LEAF).pid();
            var killed = node.registry().ref(MIDDLE).pid();

            node.kill(killed);
            told.await();
            await().until(
                            () ->
                                    node.registry()
                                            .lookup(MIDDLE)
                                            .filter(middle -> middle.pid() != killed)
                                            .isPresent());
            assertThat(starts).hasValue(1);
            assertThat(node.registry().ref(LEAF).pid()).isSameAs(left);
            mayEnd.countDown();

            await().until(() -> starts.get() == 2);
            await().until(() -> node.registry().lookup(LEAF).isPresent());
            assertThat(node.registry().ref(LEAF).pid()).isNotSameAs(left);
            assertThat(node.isAlive(left)).isFalse();
        }
    }

    @Test
    void a_name_that_somebody_else_has_is_not_waited_for() {
        mayEnd.countDown();
        try (var node = Node.start()) {
            var other = node.start(leaf);
            node.registry().register(LEAF, other);

            assertThatThrownBy(() -> node.start((ActorFactory<Supervisor.Message>) tree()::create))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("leaf");
        }
    }

    @Test
    void a_tree_whose_starter_has_ended_in_peace_is_not_left_behind() {
        mayEnd.countDown();
        try (var node = Node.start()) {
            var starter =
                    node.<Object>start(
                            context -> {
                                context.start(tree(), SpawnOptions.defaults());
                                return message -> context.stop(ExitReason.NORMAL);
                            });
            var ended = node.ended(starter.pid());
            starter.send("end");
            ended.join();

            assertThatThrownBy(() -> node.start(tree(), SpawnOptions.defaults()))
                    .hasMessageContaining("is taken by");
            assertThat(node.isAlive(node.registry().ref(LEAF).pid())).isTrue();
        }
    }
}
