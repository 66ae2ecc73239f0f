package io.coppice.conformance;

import io.coppice.testkit.model.World;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one process of the model executes back to back, and what became of it. */
final class ModelBatch {

    /** Begin and end of what it does: acts without any effect, which are found in its log. */
    private final Act begin;

    private final Act end;
    private final String actor;
    private final List<Line> lines;
    private List<Entry> log = List.of();
    private boolean isOver;

    /** One action, and the acts it consists of. */
    record Line(Action action, List<Act> acts) {

        /** Whether it cannot but succeed, whatever becomes of {@code actor}. */
        boolean isAlwaysOk(String actor) {
            return switch (action) {
                case Action.Spawn spawn -> true;
                case Action.Send(var target, var text) -> target instanceof Action.Target.ByProcess;
                case Action.Exit exit -> acts.stream().noneMatch(act -> isOnItself(act, actor));
                default -> false;
            };
        }

        private static boolean isOnItself(Act act, String actor) {
            return switch (act) {
                case Act.Exit(var target, var reason) -> target.equals(actor);
                case Act.Kill(var target) -> target.equals(actor);
                default -> false;
            };
        }
    }

    /**
     * @param number tells it from all others
     */
    ModelBatch(int number, String actor, List<Line> lines) {
        this.begin = new Act.WhereIs("begin " + number);
        this.end = new Act.WhereIs("end " + number);
        this.actor = actor;
        this.lines = lines;
    }

    List<Act> acts() {
        var own = lines.stream().flatMap(line -> line.acts().stream());
        return Stream.of(Stream.of(begin), own, Stream.of(end)).flatMap(acts -> acts).toList();
    }

    /**
     * Looks at its process in {@code world}.
     *
     * @return the world, in which the process holds its messages if it is over and has said so
     */
    World look(World world) {
        if (isOver) {
            return world;
        }
        if (!world.lives(actor)) {
            isOver = true;
            return world;
        }
        log = world.logOf(actor);
        isOver = find(end) >= 0;
        return isOver ? hold(world) : world;
    }

    private World hold(World world) {
        var held = world;
        for (var line : lines) {
            if (line.action() instanceof Action.Hold) {
                held = held.holding(actor, true);
            } else if (line.action() instanceof Action.Resume) {
                held = held.holding(actor, false);
            }
        }
        return held;
    }

    /** What the actions had for results, if they are over. */
    Optional<String> result() {
        if (!isOver) {
            return Optional.empty();
        }
        boolean hasEnded = find(end) >= 0;
        var results = new ArrayList<>(results());
        return Optional.of(
                lines.stream()
                        .map(line -> result(line, hasEnded, results))
                        .collect(Collectors.joining(", ")));
    }

    private List<Did> results() {
        return log.stream()
                .skip(find(begin) + 1L)
                .filter(Did.class::isInstance)
                .map(Did.class::cast)
                .toList();
    }

    private int find(Act act) {
        for (int place = log.size() - 1; place >= 0; place--) {
            if (log.get(place) instanceof Did(var done, var result) && done.equals(act)) {
                return place;
            }
        }
        return -1;
    }

    /** Takes the result of {@code line} from the front of {@code results}. */
    private String result(Line line, boolean hasEnded, List<Did> results) {
        if (line.isAlwaysOk(actor)) {
            return "ok";
        }
        if (!hasEnded) {
            return "exited";
        }
        if (!line.acts().contains(results.getFirst().act())) {
            return "ok";
        }
        var result = results.removeFirst().result();
        if (result.equals(Did.LEFT_OUT)) {
            return "error badarg";
        }
        return line.action() instanceof Action.Demonitor(var m, var f, var info) && !info
                ? "true"
                : error(result);
    }

    static String error(String result) {
        return result.equals("badarg") || result.equals("noproc") ? "error " + result : result;
    }
}
