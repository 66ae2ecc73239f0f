package io.coppice.conformance;

import io.coppice.testkit.model.Event;
import io.coppice.testkit.model.World;
import io.coppice.testkit.script.Outcome;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Ended;
import io.coppice.testkit.script.Outcome.Entry;
import io.coppice.testkit.script.Outcome.Lives;
import io.coppice.testkit.script.Reasons;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Prints what can be seen of a world of the model after a step. */
final class ModelTrace {

    private final Predicate<String> isHidden;
    private final Map<String, Integer> read = new HashMap<>();
    private final Map<String, String> latest = new HashMap<>();
    private final Set<String> supervisors = new HashSet<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<String> muted = new HashSet<>();
    private SortedMap<String, String> printed = new TreeMap<>();
    private int eventsSoFar;

    /**
     * @param isHidden whether a process is none of the scenario's
     */
    ModelTrace(Predicate<String> isHidden) {
        this.isHidden = isHidden;
    }

    /** Takes what is to be seen now for known. */
    void begin(World world) {
        news(world);
        printed = states(world);
    }

    static String id(String process) {
        return process.replaceFirst("#.*", "");
    }

    /** What {@code name} stands for: a process, or the latest that was started by that id. */
    Optional<String> process(World world, String name) {
        return world.outcome().of(name).isPresent()
                ? Optional.of(name).filter(this::isToSee)
                : Optional.ofNullable(latest.get(name));
    }

    private boolean isToSee(String process) {
        return begun.contains(process) || !process.contains("#");
    }

    /** Events, states that have changed and messages since the last time, each line ended. */
    String print(World world, EventOrder order, ModelCast cast) {
        var events = world.events().subList(eventsSoFar, world.events().size());
        eventsSoFar = world.events().size();
        events.forEach(event -> note(event, cast));
        var lines = new ArrayList<String>(ordered(events, order));
        var now = states(world);
        var news = news(world);
        now.forEach(
                (who, state) -> {
                    if (!state.equals(printed.get(who))) {
                        lines.add(who + ": " + state);
                    }
                    news.getOrDefault(who, List.of())
                            .forEach(line -> lines.add(who + " <- " + line));
                });
        printed = now;
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    // Events

    private void note(Event event, ModelCast cast) {
        var who = event.who();
        if (event.end().isEmpty()) {
            begun.add(who);
            latest.put(id(who), who);
            if (cast.isSupervisor(id(who))) {
                supervisors.add(who);
            }
        } else if (event.isFailedStart()) {
            muted.add(who);
        }
    }

    private static List<String> ordered(List<Event> events, EventOrder order) {
        var sorted =
                switch (order) {
                    case GLOBAL -> events.stream();
                    case GROUPED -> events.stream().sorted(Comparator.comparing(ModelTrace::group));
                    case CHILD -> events.stream().sorted(Comparator.comparing(Event::who));
                };
        return sorted.map(ModelTrace::text).toList();
    }

    private static String group(Event event) {
        return event.starter() + (event.isDynamic() ? " " + id(event.who()) : "");
    }

    private static String text(Event event) {
        return event.end()
                .map(reason -> "! exit " + event.who() + " " + Reasons.text(reason))
                .orElse("! start " + event.who());
    }

    // States

    private SortedMap<String, String> states(World world) {
        var states = new TreeMap<String, String>();
        world.outcome()
                .fates()
                .forEach(
                        (who, fate) -> {
                            if (!isHidden.test(who) && isToSee(who)) {
                                states.put(who, state(world, who, fate));
                            }
                        });
        return states;
    }

    private String state(World world, String who, Outcome.Fate fate) {
        return switch (fate) {
            case Ended(var reason) -> "dead " + reason.map(Reasons::text).orElse("?");
            case Lives lives ->
                    "alive" + alive(lives, !supervisors.contains(who)) + queued(world, who);
        };
    }

    private static String alive(Lives lives, boolean isActor) {
        return (lives.traps() ? " trap" : "")
                + list(" links=", lives.links().stream())
                + (isActor ? list(" monitors=", lives.monitors().stream()) : "")
                + list(" names=", lives.name().stream());
    }

    private String queued(World world, String who) {
        int queued = supervisors.contains(who) ? 0 : world.waiting(who);
        return queued > 0 ? " queued=" + queued : "";
    }

    private static String list(String key, Stream<String> names) {
        var joined = names.sorted().collect(Collectors.joining(","));
        return joined.isEmpty() ? "" : key + "[" + joined + "]";
    }

    // Messages

    private record Line(String sender, boolean isDown, String monitor, String text) {
        static final Comparator<Line> BY_SENDER =
                Comparator.comparing(Line::sender)
                        .thenComparing(Line::isDown)
                        .thenComparing(Line::monitor);
    }

    /** What the living have seen since the last time. */
    private Map<String, List<String>> news(World world) {
        var news = new HashMap<String, List<String>>();
        for (var who : world.outcome().fates().keySet()) {
            var log = world.logOf(who);
            int from = Math.min(read.getOrDefault(who, 0), log.size());
            news.put(
                    who,
                    IntStream.range(from, log.size())
                            .mapToObj(log::get)
                            .flatMap(entry -> line(entry).stream())
                            .filter(line -> line.isDown() || !muted.contains(line.sender()))
                            .sorted(Line.BY_SENDER)
                            .map(Line::text)
                            .toList());
            read.put(who, log.size());
        }
        return news;
    }

    private static Optional<Line> line(Entry entry) {
        return switch (entry) {
            case Outcome.Heard(var from, var reason) ->
                    Optional.of(new Line(from, false, "", entry.toString()));
            case Outcome.Got(var from, var text) ->
                    Optional.of(new Line(from, false, "", entry.toString()));
            case Outcome.Told(var monitor, var what, var reason) ->
                    Optional.of(new Line(what, true, monitor, entry.toString()));
            case Did did -> Optional.empty();
        };
    }
}
