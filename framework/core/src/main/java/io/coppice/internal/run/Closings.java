package io.coppice.internal.run;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The closing of what the dead owned, the last first, where nobody waits for it.
 *
 * <p>Whatever closes may wait for ever: a reader waits for its own blocked read. So the next is
 * closed as well when the one before takes long, and often that helps.
 */
final class Closings {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** More lines than that nobody reads. */
    private static final int MOST_REPORTED = 10;

    private final LocalNode node;
    private final Countdown count = new Countdown();

    private final Set<Closing> current = ConcurrentHashMap.newKeySet();

    /** One that has begun; equal to itself alone. */
    private static final class Closing {
        final LocalProcess<?> owner;
        final Object resource;

        Closing(LocalProcess<?> owner, Object resource) {
            this.owner = owner;
            this.resource = resource;
        }
    }

    Closings(LocalNode node) {
        this.node = node;
    }

    /** Closes {@code resources} of {@code owner}, the last first. */
    void closeAll(LocalProcess<?> owner, List<AutoCloseable> resources) {
        aside(owner, () -> closeInTurn(owner, resources.reversed()));
    }

    private void aside(LocalProcess<?> owner, Runnable body) {
        count.enter();
        node.scheduler.aside(
                "closing for " + owner,
                () -> {
                    try {
                        body.run();
                    } finally {
                        count.leave();
                    }
                });
    }

    private void closeInTurn(LocalProcess<?> owner, List<AutoCloseable> resources) {
        for (var resource : resources.subList(0, resources.size() - 1)) {
            var closed = new CompletableFuture<Void>();
            aside(
                    owner,
                    () -> {
                        close(owner, resource);
                        closed.complete(null);
                    });
            await(closed);
        }
        close(owner, resources.getLast());
    }

    private void await(CompletableFuture<Void> closed) {
        try {
            Calls.await(node, closed, PATIENCE_NANOS);
        } catch (TimeoutException | InterruptedException late) {
            // The next may be what it waits for.
        }
    }

    private void close(LocalProcess<?> owner, AutoCloseable resource) {
        var closing = new Closing(owner, resource);
        current.add(closing);
        try {
            resource.close();
        } catch (Throwable thrown) {
            Reports.notClosed(owner, resource, thrown);
        } finally {
            current.remove(closing);
        }
    }

    /** Completes when nothing is being closed. */
    CompletableFuture<Void> none() {
        return count.none();
    }

    /** Says what is being closed, and has not come to an end. */
    void report() {
        current.stream()
                .limit(MOST_REPORTED)
                .forEach(closing -> Reports.stillClosing(closing.owner, closing.resource));
    }
}
