package io.coppice.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.Waiting;
import io.coppice.spi.Task;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** A worker's queue of tasks: one puts in, anybody takes out. */
class RingTest {

    private static final int CAPACITY = 256;

    private record Numbered(int number) implements Task {
        @Override
        public void run() {
            throw new AssertionError("only counted");
        }
    }

    @Test
    void it_is_first_in_first_out_and_says_when_it_is_full() {
        var ring = Ring.make();
        for (int lap = 0; lap < 10; lap++) {
            for (int i = 0; i < CAPACITY; i++) {
                assertThat(ring.size()).isEqualTo(i);
                assertThat(ring.offer(new Numbered(i))).isTrue();
            }
            assertThat(ring.offer(new Numbered(CAPACITY))).isFalse();
            for (int i = 0; i < CAPACITY; i++) {
                assertThat(ring.poll()).isEqualTo(new Numbered(i));
            }
            assertThat(ring.poll()).isNull();
            assertThat(ring.size()).isZero();
        }
    }

    @Test
    void room_made_is_room_at_once() {
        var ring = Ring.make();
        for (int i = 0; i < CAPACITY; i++) {
            ring.offer(new Numbered(i));
        }
        for (int i = 0; i < 10_000; i++) {
            assertThat(ring.poll()).isEqualTo(new Numbered(i));
            assertThat(ring.offer(new Numbered(i + CAPACITY))).isTrue();
            assertThat(ring.offer(new Numbered(-1))).isFalse();
        }
    }

    @Tag("stress")
    @ParameterizedTest(name = "{0} thieves")
    @ValueSource(ints = {1, 3})
    void nothing_is_lost_or_taken_twice_and_each_thief_takes_in_order(int thieves)
            throws Exception {
        int count = Duel.rounds(2_000_000);
        var ring = Ring.make();
        var over = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(thieves)) {
            List<Future<List<Integer>>> loot = new ArrayList<>();
            for (int i = 0; i < thieves; i++) {
                Callable<List<Integer>> steal = () -> steal(ring, over);
                loot.add(threads.submit(steal));
            }
            var own = new ArrayList<Integer>();
            for (int i = 0; i < count; ) {
                if (ring.offer(new Numbered(i))) {
                    i++;
                } else if (ring.poll() instanceof Numbered(var number)) {
                    own.add(number);
                }
            }
            over.set(true);
            var seen = new boolean[count];
            note(own, seen);
            for (var stolen : loot) {
                note(Waiting.of(stolen), seen);
            }
            assertThat(ring.size()).isZero();
            assertThat(seen).doesNotContain(false);
        }
    }

    private static List<Integer> steal(Ring ring, AtomicBoolean over) {
        var stolen = new ArrayList<Integer>();
        while (true) {
            boolean last = over.get();
            if (ring.poll() instanceof Numbered(var number)) {
                stolen.add(number);
            } else if (last) {
                return stolen;
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private static void note(List<Integer> taken, boolean[] seen) {
        int before = -1;
        for (int number : taken) {
            assertThat(number).isGreaterThan(before);
            assertThat(seen[number]).as("%s taken twice", number).isFalse();
            seen[number] = true;
            before = number;
        }
    }
}
