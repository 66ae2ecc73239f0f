package io.coppice.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Whether one worker alone gets as much done as all. */
class HuddleTest {

    private static final int LOOKS = 2_000;

    private final Huddle huddle = new Huddle();
    private long millis;
    private double handled;
    private double crossed;
    private boolean isHuddled;

    /**
     * Looks once a millisecond.
     *
     * @return how often one worker was to work alone
     */
    private int looks(int many, double spread, double alone, double crossing) {
        int found = 0;
        for (int i = 0; i < many; i++) {
            millis++;
            double done = 1_000 * (isHuddled ? alone : spread);
            handled += done;
            crossed += isHuddled ? 0 : done * crossing;
            isHuddled = look(() -> huddle.look(now(), (long) handled, (long) crossed));
            found += isHuddled ? 1 : 0;
        }
        return found;
    }

    private static boolean look(Supplier<Boolean> it) {
        return it.get();
    }

    private long now() {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void one_works_alone_nearly_always_where_it_gets_more_done() {
        assertThat(looks(LOOKS, 10, 30, 0.5)).isGreaterThan(LOOKS * 9 / 10);
    }

    @Test
    void all_work_nearly_always_where_they_get_more_done() {
        assertThat(looks(LOOKS, 30, 28, 0.5)).isBetween(1, LOOKS / 20);
    }

    @Test
    void one_works_alone_nearly_always_where_it_gets_as_much_done() {
        assertThat(looks(LOOKS, 30, 29, 0.5)).isGreaterThan(LOOKS * 9 / 10);
    }

    @Test
    void it_is_not_even_tried_where_messages_stay_with_their_workers() {
        assertThat(looks(LOOKS, 10, 30, 0.05)).isZero();
    }

    @Test
    void it_is_not_even_tried_where_handlers_are_long() {
        assertThat(looks(LOOKS, 0.3, 30, 0.9)).isZero();
    }

    @Test
    void all_work_nearly_always_where_one_gets_little_done() {
        assertThat(looks(LOOKS, 0.8, 0.4, 0.5)).isBetween(1, LOOKS / 20);
    }

    @Test
    void what_all_get_done_is_measured_when_all_are_awake_again() {
        looks(100, 10, 8, 0.5); // all work, by the first trial
        looks(LOOKS, 10, 30, 0.5);
        assertThat(isHuddled).isTrue();
        while (isHuddled) {
            looks(1, 10, 30, 0.5);
        }

        looks(5, 6, 8, 0.5); // the others wake up

        assertThat(looks(LOOKS, 10, 8, 0.5)).isLessThan(LOOKS / 20);
    }

    @Test
    void all_work_as_soon_as_one_gets_little_done() {
        looks(100, 10, 30, 0.5);
        assertThat(isHuddled).isTrue();

        assertThat(looks(100, 0.1, 0.1, 0)).isLessThan(10);
        assertThat(isHuddled).isFalse();
    }

    @Test
    void all_work_at_once_when_it_is_ended_and_for_a_while() {
        looks(100, 10, 30, 0.5);
        assertThat(isHuddled).isTrue();

        huddle.end(now(), (long) handled, (long) crossed);
        isHuddled = false;

        assertThat(looks(50, 10, 30, 0.5)).isZero();
        assertThat(looks(LOOKS, 10, 30, 0.5)).isGreaterThan(LOOKS * 9 / 10);
    }
}
