package io.coppice.examples.incidents.stage;

import static java.util.stream.Collectors.joining;

import io.coppice.supervision.TreeEvent;
import io.coppice.supervision.TreeListener;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Keeps what happens in a tree. */
public final class Chronicle implements TreeListener {

    private final List<TreeEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void on(TreeEvent event) {
        events.add(event);
    }

    /** All of {@code type} that has happened so far. */
    public <T extends TreeEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits until {@code count} of {@code type} have happened. */
    public void await(Class<? extends TreeEvent> type, int count) {
        Wait.until(() -> all(type).size() >= count);
    }

    /** How many restarts {@code child} has seen. */
    public long restarts(String child) {
        return all(TreeEvent.ChildStarted.class).stream()
                .filter(it -> it.child().equals(child) && it.incarnation() > 1)
                .count();
    }

    /** Forgets all. */
    public void clear() {
        events.clear();
    }

    /** For example {@code stop c, stop b, start b, start c}. */
    public String startsAndStops() {
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
