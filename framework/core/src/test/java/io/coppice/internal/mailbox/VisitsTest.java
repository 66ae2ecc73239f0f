package io.coppice.internal.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.concurrent.ForkJoinPool;

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
        inEach(
                Thread.ofPlatform(),
                () -> {
                    visits.add();
                    visits.add();
                });

        assertThat(visits.sum()).isEqualTo(2 * THREADS);
    }

    @Test
    void threads_that_have_ended_are_not_kept() throws InterruptedException {
        inEach(Thread.ofPlatform(), visits::add);

        assertThat(visits.visitors()).isLessThan(THREADS / 2);
        assertThat(visits.sum()).isEqualTo(THREADS);
    }

    /** Those of the common pool do, whenever they have nothing to do. */
    @Test
    void a_thread_that_forgets_what_is_local_to_it_goes_on_with_its_count() throws Exception {
        var threads = new HashSet<Thread>();
        for (int i = 0; i < THREADS; i++) {
            var thread =
                    ForkJoinPool.commonPool()
                            .submit(
                                    () -> {
                                        visits.add();
                                        return Thread.currentThread();
                                    })
                            .get();
            threads.add(thread);
            Waiting.until("idle").until(() -> thread.getState() != Thread.State.RUNNABLE);
        }

        assertThat(visits.visitors()).isEqualTo(threads.size());
        assertThat(visits.sum()).isEqualTo(THREADS);
    }

    @Test
    void virtual_threads_are_counted_and_have_no_count_of_their_own() throws InterruptedException {
        inEach(Thread.ofVirtual(), visits::add);

        assertThat(visits.visitors()).isZero();
        assertThat(visits.sum()).isEqualTo(THREADS);
    }

    @Test
    void what_is_turned_back_does_not_count() {
        visits.add();
        visits.add();
        visits.turnBack();

        assertThat(visits.sum()).isEqualTo(1);
    }
}
