package io.coppice.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Waiting;
import io.coppice.spi.Scheduler.Alarm;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Alarms on a wheel: each rings once, at its time or a little later, unless it is called off. */
class AlarmsTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** More than the wheel takes to turn once. */
    private static final long TURN = 600 * MILLI;

    private final Alarms alarms = new Alarms();

    @BeforeEach
    void start() {
        alarms.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        alarms.close();
        alarms.join(10_000);
        assertThat(alarms.isAlive()).isFalse();
    }

    @Test
    void none_rings_before_its_time_and_all_ring() {
        var random = new Random(7);
        var early = new AtomicInteger();
        var rung = new CountDownLatch(2_000);
        for (int i = 0; i < 2_000; i++) {
            long delay = random.nextLong(TURN + TURN / 2);
            long due = System.nanoTime() + delay;
            alarms.set(
                    delay,
                    () -> {
                        if (System.nanoTime() - due < 0) {
                            early.incrementAndGet();
                        }
                        rung.countDown();
                    });
        }

        Waiting.on(rung);
        assertThat(early).hasValue(0);
    }

    @Test
    void they_ring_in_the_order_of_their_times_and_then_of_setting() {
        Queue<Integer> rung = new ConcurrentLinkedQueue<>();
        var hold = new CountDownLatch(1);
        alarms.set(0, () -> Waiting.on(hold)); // so that all the others are due at once
        var expected = new ArrayList<Integer>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            expected.add(number);
            alarms.set(20 * MILLI + i / 10 * MILLI / 5, () -> rung.add(number));
        }
        hold.countDown();

        Waiting.until("all of them").until(() -> rung.size() == 100);
        assertThat(List.copyOf(rung)).isEqualTo(expected);
    }

    @Test
    void one_that_is_called_off_does_not_ring() {
        var wrong = new AtomicInteger();
        var right = new CountDownLatch(500);
        var set = new ArrayList<Alarm>();
        for (int i = 0; i < 1_000; i++) {
            boolean isKept = i % 2 == 0;
            var alarm =
                    alarms.set(
                            30 * MILLI + i * MILLI / 50,
                            isKept ? right::countDown : wrong::incrementAndGet);
            if (!isKept) {
                set.add(alarm);
            }
        }
        set.forEach(Alarm::cancel);
        set.forEach(Alarm::cancel); // and again

        Waiting.on(right);
        assertThat(wrong).hasValue(0);
    }

    @Test
    void one_that_is_due_before_all_others_is_not_late_for_them() {
        var rung = new CountDownLatch(1);
        alarms.set(TimeUnit.HOURS.toNanos(1), () -> {});
        Waiting.until("sleep").until(() -> alarms.getState() == Thread.State.TIMED_WAITING);

        alarms.set(MILLI, rung::countDown);
        Waiting.on(rung);
    }

    @Test
    void one_that_fails_keeps_no_other_from_ringing() {
        var rung = new CountDownLatch(1);
        alarms.set(
                0,
                () -> {
                    throw new IllegalStateException("on purpose");
                });
        alarms.set(MILLI, rung::countDown);

        Waiting.on(rung);
    }

    @Test
    void one_in_three_centuries_never_rings() {
        alarms.set(Long.MAX_VALUE, () -> {}).cancel();
    }
}
