package io.coppice.internal.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What threads that are not ours have been let in with. */
class VisitsTest {

    private static final int THREADS = 100;

    private final Visits visits = new Visits();

    private void inEach(Thread.Builder kind, Runnable body) throws InterruptedException {
        for (int i = 0; i < THREADS; i++) {
            kind.start(body).join();
        }
    }

    @Test
    void what_threads_have_counted_counts_after_their_end() throws InterruptedException {
        inEach(Thread.ofPlatform(), () -> visits.add(3));

        assertThat(visits.sum()).isEqualTo(3 * THREADS);
    }

    @Test
    void threads_that_have_ended_are_not_kept() throws InterruptedException {
        inEach(Thread.ofPlatform(), () -> visits.add(1));

        assertThat(visits.visitors()).isLessThan(THREADS / 2);
        assertThat(visits.sum()).isEqualTo(THREADS);
    }

    @Test
    void virtual_threads_are_counted_and_have_no_count_of_their_own() throws InterruptedException {
        inEach(Thread.ofVirtual(), () -> visits.add(1));

        assertThat(visits.visitors()).isZero();
        assertThat(visits.sum()).isEqualTo(THREADS);
    }

    @Test
    void what_is_turned_back_does_not_count() {
        visits.add(1);
        visits.add(1);
        visits.add(-1);

        assertThat(visits.sum()).isEqualTo(1);
    }
}
