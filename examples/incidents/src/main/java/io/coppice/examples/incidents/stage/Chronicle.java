package io.coppice.examples.incidents.stage;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.stream.Collectors.joining;

import io.coppice.supervision.TreeEvent;
import io.coppice.supervision.TreeListener;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keeps what happens in a tree. */
public final class Chronicle implements TreeListener {

    private static final long PATIENCE_MILLIS = 10_000;

    private final List<TreeEvent> events = new ArrayList<>();

    @Override
    public synchronized void on(TreeEvent event) {
        events.add(event);
        notifyAll();
    }

    /** All of {@code type} that has happened so far. */
    public synchronized <T extends TreeEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits until {@code count} of {@code type} have happened. */
    public synchronized void await(Class<? extends TreeEvent> type, int count)
            throws InterruptedException {
        long deadline = System.nanoTime() + MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (all(type).size() < count) {
            long left = NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("it did not happen within 10 s");
            }
            wait(left);
        }
    }

    /** How many restarts {@code child} has seen. */
    public long restarts(String child) {
        return all(TreeEvent.ChildStarted.class).stream()
                .filter(it -> it.child().equals(child) && it.incarnation() > 1)
                .count();
    }

    /** Forgets all. */
    public synchronized void clear() {
        events.clear();
    }

    /** For example {@code stop c, stop b, start b, start c}. */
    public synchronized String startsAndStops() {
        return events.stream().flatMap(Chronicle::line).collect(joining(", "));
    }

    private static Stream<String> line(TreeEvent event) {
        return switch (event) {
            case TreeEvent.ChildStarted started -> Stream.of("start " + started.child());
            case TreeEvent.ChildStopped stopped -> Stream.of("stop " + stopped.child());
            default -> Stream.of();
        };
    }
}
