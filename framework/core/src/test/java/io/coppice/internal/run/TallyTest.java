package io.coppice.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.House;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
}
