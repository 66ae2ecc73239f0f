package io.coppice.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whether a worker lets messages from outside pile up. */
class CoalescingTest {

    private static final int ROUNDS = 10_000;
    private static final int TURNS = 61;

    private final Coalescing coalescing = new Coalescing();
    private long turns;
    private long handled;
    private boolean isAfterPause;

    /**
     * @param usual how many messages a turn there are without a pause
     * @param afterPause how many there are in the round after one
     * @return how many pauses there were
     */
    private int rounds(int many, int turnsEach, int usual, int afterPause) {
        int pauses = 0;
        for (int i = 0; i < many; i++) {
            turns += turnsEach;
            handled += (long) turnsEach * (isAfterPause ? afterPause : usual);
            isAfterPause = coalescing.look(turns, handled);
            if (isAfterPause) {
                coalescing.pauses();
                pauses++;
            }
        }
        return pauses;
    }

    @Test
    void messages_pile_up_every_other_time_where_enough_come_meanwhile() {
        assertThat(rounds(ROUNDS, TURNS, 2, 40)).isBetween(ROUNDS * 48 / 100, ROUNDS / 2);
    }

    @Test
    void it_is_tried_once_in_a_long_while_where_too_few_come_meanwhile() {
        assertThat(rounds(ROUNDS, TURNS, 1, 12)).isBetween(ROUNDS / 300, ROUNDS / 250);
    }

    @Test
    void a_window_that_is_full_at_once_is_not_enough() {
        assertThat(rounds(ROUNDS, 32, 1, 16)).isBetween(ROUNDS / 300, ROUNDS / 250);
    }

    @Test
    void it_is_left_off_soon_where_it_does_not_pay_any_more() {
        rounds(ROUNDS, TURNS, 2, 40);

        assertThat(rounds(200, TURNS, 1, 12)).isBetween(15, 17);
    }

    @Test
    void it_is_left_off_soon_where_nothing_comes_at_all() {
        rounds(ROUNDS, TURNS, 2, 40);
        int pauses = 0;
        for (int i = 0; i < 100; i++) {
            pauses += rounds(1, TURNS, 2, 2);
            isAfterPause = coalescing.look(turns, handled); // a round without a turn
        }

        assertThat(pauses).isBetween(15, 17);
    }

    @Test
    void a_pause_that_has_paid_makes_up_for_four_in_vain() {
        rounds(256, TURNS, 1, 0); // a trial
        rounds(1, TURNS, 1, 40);

        assertThat(rounds(100, TURNS, 1, 1)).isEqualTo(4);
    }

    @Test
    void it_comes_back_within_a_few_trials_after_a_long_time_in_vain() {
        rounds(100 * ROUNDS, TURNS, 1, 1);
        rounds(512, TURNS, 2, 40);

        assertThat(rounds(100, TURNS, 2, 40)).isBetween(49, 50);
    }

    @Test
    void it_is_not_even_tried_where_turns_are_of_many_messages_by_themselves() {
        assertThat(rounds(ROUNDS, TURNS, 16, 100)).isZero();
    }

    @Test
    void it_is_not_even_tried_where_a_worker_has_little_to_do() {
        assertThat(rounds(ROUNDS, 15, 1, 100)).isZero();
    }

    @Test
    void sixteen_turns_are_enough_to_try_it() {
        assertThat(rounds(ROUNDS, 16, 1, 100)).isGreaterThan(ROUNDS / 3);
    }

    @Test
    void a_round_that_no_pause_was_made_before_teaches_nothing() {
        rounds(ROUNDS, TURNS, 2, 40);
        for (int i = 0; i < 20; i++) { // wanted, and not made: it is not fed from outside only
            turns += TURNS;
            handled += TURNS;
            coalescing.look(turns, handled);
        }

        assertThat(rounds(1, TURNS, 1, 1)).isEqualTo(1);
    }
}
