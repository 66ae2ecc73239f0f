package io.coppice.examples.incidents.log.kit;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** What a receiver makes of entries in any order. */
class InboxProperties {

    private static final int WINDOW = 8;

    private static Entry entry(long index) {
        return new Entry(index, "entry-" + index, 0, Entry.NEVER);
    }

    @Property
    void what_is_ready_is_a_prefix_and_each_arrival_has_one_fate(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 20) Integer> arrivals) {
        var inbox = Inbox.of(0);
        List<Long> ready = new ArrayList<>();
        int dropped = 0;
        for (int index : arrivals) {
            var arrival = inbox.arrive(entry(index), WINDOW);
            inbox = arrival.inbox();
            arrival.ready().forEach(it -> ready.add(it.index()));
            dropped += arrival.dropped().size();
            assertThat(inbox.early().size()).isLessThan(WINDOW);
        }

        assertThat(ready).isEqualTo(LongStream.rangeClosed(1, inbox.done()).boxed().toList());
        assertThat(ready.size() + dropped + inbox.early().size()).isEqualTo(arrivals.size());
        assertThat(inbox.early().keySet()).doesNotContain(inbox.done() + 1);
    }

    @Property
    void whatever_is_settled_is_not_ready_and_what_it_held_up_is(
            @ForAll @IntRange(min = 1, max = 7) int settled) {
        var inbox = Inbox.of(0);
        for (long index = 2; index <= WINDOW; index++) {
            inbox = inbox.arrive(entry(index), WINDOW).inbox();
        }

        var arrival = inbox.settle(settled);

        assertThat(arrival.ready())
                .extracting(Entry::index)
                .isEqualTo(LongStream.rangeClosed(settled + 1, WINDOW).boxed().toList());
        assertThat(arrival.dropped()).hasSize(settled - 1).allMatch(Fate.VOID::equals);
        assertThat(arrival.inbox()).isEqualTo(Inbox.of(WINDOW));
    }

    @Example
    void what_was_settled_before_changes_nothing() {
        var inbox = Inbox.of(5);

        assertThat(inbox.settle(3).inbox()).isEqualTo(inbox);
        assertThat(inbox.arrive(entry(5), WINDOW).dropped()).containsExactly(Fate.DUPLICATE);
        assertThat(inbox.arrive(entry(5 + WINDOW + 1), WINDOW).dropped())
                .containsExactly(Fate.GAP_EXCEEDED);
    }
}
