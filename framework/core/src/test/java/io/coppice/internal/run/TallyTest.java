package io.coppice.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.ActorRef;
import io.coppice.actor.SpawnOptions;
import io.coppice.fixture.House;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The counters of threads. */
class TallyTest {

    @RegisterExtension private final House house = new House();

    @Test
    void a_thread_goes_on_counting_where_one_that_has_ended_left_off() {
        var node = (LocalNode) house.node();
        var first = node.tallies.take();
        first.accepted();
        first.handled();
        var other = node.tallies.take();
        node.tallies.leave(first);

        assertThat(node.tallies.take()).isSameAs(first);
        assertThat(node.tallies.take()).isNotIn(first, other);
        assertThat(node.fates().accepted()).isEqualTo(1);
        assertThat(node.fates().isBalanced()).isTrue();
    }

    @Test
    void messages_from_outside_count_as_crossing() throws Exception {
        var node = (LocalNode) house.node();
        var heard = new CountDownLatch(3);
        ActorRef<String> actor =
                node.spawn(context -> message -> heard.countDown(), SpawnOptions.defaults());
        long before = node.tallies.crossed();
        for (int i = 0; i < 3; i++) {
            actor.send("hello");
        }

        assertThat(node.tallies.crossed() - before).isEqualTo(3);
        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
        node.kill(actor.pid());
    }

    @Test
    void births_deaths_and_alarms_are_summed_over_all_threads() {
        var tallies = new Tallies(() -> 0);
        var one = tallies.take();
        var other = tallies.take();
        one.born();
        one.born();
        one.armed();
        other.died(); // on another worker than it was born on
        other.disarmed();
        tallies.shared.born();
        tallies.shared.armed();

        assertThat(tallies.alive()).isEqualTo(2);
        assertThat(tallies.alarms()).isEqualTo(1);
    }
}
