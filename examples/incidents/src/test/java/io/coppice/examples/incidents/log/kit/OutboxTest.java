package io.coppice.examples.incidents.log.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.time.Duration.ofMillis;

import org.junit.jupiter.api.Test;

/** What the sending end decides, and when the receiving end answers. */
class OutboxTest {

    private static final Outbox TEN_ISSUED_FOUR_SETTLED = Outbox.of(10, 4);

    @Test
    void after_a_start_all_that_is_not_settled_is_to_be_sent_again() {
        assertThat(TEN_ISSUED_FOUR_SETTLED.sent()).isEqualTo(4);
        assertThat(TEN_ISSUED_FOUR_SETTLED.peak()).isEqualTo(10);
        assertThat(TEN_ISSUED_FOUR_SETTLED.isQuiet()).isFalse();
    }

    @Test
    void an_acknowledgement_is_news_or_known_or_of_what_never_was() {
        assertThat(TEN_ISSUED_FOUR_SETTLED.judge(4)).isEqualTo(Outbox.Judgement.KNOWN);
        assertThat(TEN_ISSUED_FOUR_SETTLED.judge(10)).isEqualTo(Outbox.Judgement.NEWS);
        assertThat(TEN_ISSUED_FOUR_SETTLED.judge(11)).isEqualTo(Outbox.Judgement.NEVER_ISSUED);
    }

    @Test
    void what_is_settled_is_never_sent_again() {
        var sent = TEN_ISSUED_FOUR_SETTLED.publish(9).settle(7);

        assertThat(sent.rewind(2).sent()).isEqualTo(7);
        assertThat(sent.reconnect().sent()).isEqualTo(7);
        assertThat(sent.rewind(8).sent()).isEqualTo(8);
        assertThat(TEN_ISSUED_FOUR_SETTLED.settle(10).sent()).isEqualTo(10);
    }

    @Test
    void no_more_is_under_way_than_the_window_has_room_for() {
        assertThat(TEN_ISSUED_FOUR_SETTLED.room(5)).isEqualTo(5);
        assertThat(TEN_ISSUED_FOUR_SETTLED.publish(8).room(5)).isEqualTo(1);
        assertThat(TEN_ISSUED_FOUR_SETTLED.publish(10).room(5)).isZero();
    }

    @Test
    void news_ends_the_waiting_that_grows_with_each_retry() {
        var retried = TEN_ISSUED_FOUR_SETTLED.publish(9).retry().retry();

        assertThat(retried.attempts()).isEqualTo(2);
        assertThat(retried.settle(5).attempts()).isZero();
    }

    @Test
    void there_is_no_index_after_the_largest() {
        assertThatThrownBy(() -> Outbox.of(Long.MAX_VALUE, 0).issue())
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void an_answer_is_due_by_number_or_time_or_quiet_whichever_is_first() {
        var acks = new Acks(3, ofMillis(50), ofMillis(20));
        var two = Acks.Owed.NOTHING.plus(1, 0).plus(1, ofMillis(40).toNanos());

        assertThat(acks.patience(Acks.Owed.NOTHING.plus(1, 7))).isEqualTo(ofMillis(20));
        assertThat(acks.patience(two)).isEqualTo(ofMillis(10));
        assertThat(acks.patience(two.plus(0, ofMillis(60).toNanos()))).isZero();
        assertThat(acks.isDue(two)).isFalse();
        assertThat(acks.isDue(two.plus(1, 0))).isTrue();
    }

    @Test
    void a_writer_is_shut_out_by_the_next_one() {
        var key = new Key("worker", 1);
        var store = new Store(10);
        var first = store.open(key);
        store.open(key).append(new Entry(1, "second", 0, Entry.NEVER));

        assertThatThrownBy(() -> first.append(new Entry(2, "first", 0, Entry.NEVER)))
                .isInstanceOf(IllegalStateException.class);

        var journal = new Journal();
        var old = journal.open(key);
        journal.open(key);
        assertThatThrownBy(() -> old.skip(1)).isInstanceOf(IllegalStateException.class);
    }
}
