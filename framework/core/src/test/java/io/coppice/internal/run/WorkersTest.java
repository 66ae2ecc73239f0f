package io.coppice.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.Node;
import io.coppice.actor.NodeOptions;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/** Workers in their places. */
class WorkersTest {

    private static final int TASKS = 200_000;

    @Test
    void no_task_is_lost_while_it_changes_whether_one_works_alone() {
        try (var node = Node.start(NodeOptions.defaults().withWorkers(4))) {
            var workers = (Workers) ((LocalNode) node).scheduler;
            var run = new LongAdder();
            for (int i = 0; i < TASKS; i++) {
                workers.places.huddle();
                workers.schedule(run::increment);
                workers.spread();
            }
            Waiting.until("all tasks have run")
                    .untilAsserted(() -> assertThat(run.sum()).isEqualTo(TASKS));
        }
    }

    @Test
    void one_that_works_alone_and_takes_long_is_relieved_by_another() {
        try (var node = Node.start(NodeOptions.defaults().withWorkers(2))) {
            var workers = (Workers) ((LocalNode) node).scheduler;
            // The watch may find just then that all should work; not each time.
            Waiting.until("another works alone")
                    .until(
                            () -> {
                                var next = new CompletableFuture<Boolean>();
                                workers.schedule(() -> next.complete(isRelieved(workers)));
                                return Waiting.of(next);
                            });
        }
    }

    /**
     * Of the calling worker, which works alone and then does not come back: whether another works
     * alone before it loses its place.
     */
    private static boolean isRelieved(Workers workers) {
        var me = (Worker) Thread.currentThread();
        while (workers.places.lead() != me && !me.detached) {
            workers.places.huddle(); // with another, while that one is going to sleep
        }
        while (workers.places.lead() == me) {
            Thread.onSpinWait();
        }
        return workers.places.isHuddled() && !me.detached;
    }

    @Test
    void a_worker_does_not_keep_its_desk_until_that_is_old() {
        try (var node = Node.start(NodeOptions.defaults().withWorkers(1))) {
            var workers = (Workers) ((LocalNode) node).scheduler;
            var worker = workers.places.placed()[0];
            var first = worker.desk();
            for (int i = 0; i < TASKS; i++) {
                workers.schedule(() -> {});
            }
            Waiting.until("the worker sits elsewhere")
                    .untilAsserted(() -> assertThat(worker.desk()).isNotSameAs(first));
        }
    }
}
