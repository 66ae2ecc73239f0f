package io.coppice.supervision;

import io.coppice.process.ExitReason;
import io.coppice.supervision.OtpProperties.Move;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The laws of supervision, looked for in the trace of a {@link TreeScript#ofEnds}, without asking
 * {@link OtpModel}. They live with supervisors, of which the testkit knows nothing.
 */
enum SupervisionLaw {
    RESTARTED_BY_STRATEGY(
            "those are started again, in order, whom the strategy names",
            SupervisionLaw::restartedByStrategy),
    STOPPED_BEFORE_STARTED(
            "all that a restart affects are stopped before any is started",
            SupervisionLaw::stoppedBeforeStarted),
    STOPPED_IN_REVERSE("children are stopped in reverse order", SupervisionLaw::inReverse),
    BUDGET(
            "a supervisor makes as many restarts as it may, and gives up at the next",
            SupervisionLaw::budget),
    NO_SURVIVORS(
            "no child survives its supervisor, however that ends", SupervisionLaw::noSurvivors);

    private final String sentence;
    private final BiFunction<TreeScript, List<List<String>>, List<String>> check;

    SupervisionLaw(
            String sentence, BiFunction<TreeScript, List<List<String>>, List<String>> check) {
        this.sentence = sentence;
        this.check = check;
    }

    /**
     * How the law was broken.
     *
     * @param segments the trace: of the start, of each move, and who survived
     */
    List<String> violations(TreeScript script, List<List<String>> segments) {
        return check.apply(script, segments).stream().map(how -> sentence + ": " + how).toList();
    }

    // What a trace says

    private record Line(String what, String id, String rest) {
        static Line of(String text) {
            var words = text.split(" ", 3);
            var id = words.length > 1 && words[1].contains("#") ? words[1].substring(0, 1) : "";
            return new Line(words[0], id, words.length > 2 ? words[2] : "");
        }

        boolean isStart() {
            return what.equals("start");
        }

        boolean isStop() {
            return what.equals("exit") && rest.equals(ExitReason.SHUTDOWN.toString());
        }
    }

    private static List<Line> lines(List<String> segment) {
        return segment.stream().map(Line::of).toList();
    }

    private static boolean isEnd(List<String> segment) {
        return segment.stream().anyMatch(line -> line.startsWith("end "));
    }

    /** Whether {@code segment}, of {@code move}, is that of a child that is to run again. */
    private static boolean isRecovery(TreeScript script, Move move, List<String> segment) {
        if (segment.isEmpty() || !(move instanceof Move.Ends(var id, var reason))) {
            return false;
        }
        return switch (script.restart(id)) {
            case PERMANENT -> true;
            case TRANSIENT -> reason.isAbnormal();
            case TEMPORARY -> false;
        };
    }

    // The laws

    private static List<String> restartedByStrategy(
            TreeScript script, List<List<String>> segments) {
        var broken = new ArrayList<String>();
        int restarts = 0;
        for (int at = 1; at < segments.size() - 1; at++) {
            var segment = segments.get(at);
            var move = script.moves().get(at - 1);
            restarts += isRecovery(script, move, segment) ? 1 : 0;
            if (restarts > script.intensity()) {
                break; // it gives up
            }
            var started = lines(segment).stream().filter(Line::isStart).map(Line::id).toList();
            var expected =
                    isRecovery(script, move, segment)
                            ? group(script, ((Move.Ends) move).id())
                            : List.<String>of();
            if (!started.equals(expected)) {
                broken.add(
                        "%s after %s: %s instead of %s".formatted(script, move, started, expected));
            }
        }
        return broken;
    }

    /** Who is started when {@code id} is restarted. */
    private static List<String> group(TreeScript script, String id) {
        int first =
                switch (script.strategy()) {
                    case ONE_FOR_ONE, REST_FOR_ONE -> TreeScript.place(id);
                    case ONE_FOR_ALL -> 0;
                };
        int last = script.strategy() == Strategy.ONE_FOR_ONE ? first : script.restarts().size() - 1;
        return IntStream.rangeClosed(first, last)
                .mapToObj(TreeScript::id)
                .filter(other -> script.restart(other) != Restart.TEMPORARY)
                .toList();
    }

    private static List<String> stoppedBeforeStarted(
            TreeScript script, List<List<String>> segments) {
        var broken = new ArrayList<String>();
        for (int at = 1; at < segments.size() - 1; at++) {
            var lines = lines(segments.get(at));
            boolean hasStarted = false;
            for (var line : lines) {
                hasStarted |= line.isStart();
                if (hasStarted && line.isStop()) {
                    broken.add("%s: %s".formatted(script, segments.get(at)));
                }
            }
        }
        return broken;
    }

    private static List<String> inReverse(TreeScript script, List<List<String>> segments) {
        var broken = new ArrayList<String>();
        for (var segment : segments.subList(1, segments.size() - 1)) {
            var stopped = lines(segment).stream().filter(Line::isStop).map(Line::id).toList();
            if (!stopped.equals(new ArrayList<>(new TreeSet<>(stopped).descendingSet()))) {
                broken.add("%s: %s".formatted(script, segment));
            }
        }
        return broken;
    }

    private static List<String> budget(TreeScript script, List<List<String>> segments) {
        int restarts = 0;
        for (int at = 1; at < segments.size() - 1; at++) {
            var segment = segments.get(at);
            restarts += isRecovery(script, script.moves().get(at - 1), segment) ? 1 : 0;
            if (isEnd(segment) != restarts > script.intensity()) {
                return List.of(
                        "%s: at restart %d of %d: %s"
                                .formatted(script, restarts, script.intensity(), segment));
            }
        }
        return List.of();
    }

    private static List<String> noSurvivors(TreeScript script, List<List<String>> segments) {
        var survivors = segments.getLast();
        return survivors.isEmpty() ? List.of() : List.of("%s: %s".formatted(script, survivors));
    }
}
