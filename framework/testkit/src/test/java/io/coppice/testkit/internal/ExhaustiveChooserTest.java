package io.coppice.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Nothing is left out, and nothing is tried twice. */
class ExhaustiveChooserTest {

    private static final Turn WAITS = new Turn.Job(() -> {});

    /** Three strands of {@code acts} each that never wait, as a schedule sees them. */
    private static List<List<Integer>> orders(int preemptions, int acts) {
        var chooser = new ExhaustiveChooser(preemptions);
        var orders = new ArrayList<List<Integer>>();
        do {
            orders.add(order(chooser, acts));
        } while (chooser.advance());
        return orders;
    }

    private static List<Integer> order(ExhaustiveChooser chooser, int acts) {
        var left = new ArrayList<>(List.of(acts, acts));
        var names = new ArrayList<>(List.of(0, 1));
        var order = new ArrayList<Integer>();
        int current = -1;
        while (!names.isEmpty()) {
            int others = names.size() - (current >= 0 ? 1 : 0);
            var decision = new Decision();
            decision.of(current >= 0 ? WAITS : null, List.of(WAITS, WAITS).subList(0, others), 0);
            int answer = decision.answers() == 1 ? 0 : chooser.choose(decision);
            if (current < 0) {
                current = answer;
            } else if (answer > 0) {
                current = 1 - current;
            }
            order.add(names.get(current));
            left.set(current, left.get(current) - 1);
            if (left.get(current) == 0) {
                names.remove(current);
                left.remove(current);
                current = -1;
            }
        }
        return order;
    }

    @Test
    void without_preemptions_each_goes_to_its_end() {
        assertThat(orders(0, 3))
                .containsExactlyInAnyOrder(List.of(0, 0, 0, 1, 1, 1), List.of(1, 1, 1, 0, 0, 0));
    }

    @Test
    void with_enough_preemptions_there_are_all_interleavings() {
        var orders = orders(100, 3);
        assertThat(orders).hasSize(20).doesNotHaveDuplicates(); // 6 over 3
    }

    @Test
    void fewer_preemptions_give_a_part_of_them() {
        var one = new HashSet<>(orders(1, 3));
        assertThat(one).hasSize(6); // begun by either, broken off nowhere or after one act or two
        assertThat(orders(2, 3)).containsAll(one).hasSize(14);
    }
}
