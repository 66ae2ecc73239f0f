package io.coppice.testkit.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.actor.ActorFactory;
import io.coppice.testkit.Hunt;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

class StageTest {

    /** Whoever waits where the runtime cannot see it holds up everybody. */
    @Test
    void a_wait_outside_of_the_runtime_is_noticed_and_shown() {
        var never = new CountDownLatch(1);
        ActorFactory<String> waiting =
                context ->
                        message -> {
                            never.await();
                        };
        var hunt =
                Hunt.of(
                        simulation -> {
                            simulation.node().start(waiting).send("wait");
                            simulation.settle();
                        });
        try {
            assertThatThrownBy(() -> Hunter.hunt(hunt, Duration.ofMillis(100)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("the simulation has stood still")
                    .hasMessageContaining("CountDownLatch.await");
        } finally {
            never.countDown();
        }
    }
}
