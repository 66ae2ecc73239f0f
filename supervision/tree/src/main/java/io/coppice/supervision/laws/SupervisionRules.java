package io.coppice.supervision.laws;

import io.coppice.process.ExitReason;
import io.coppice.supervision.Restart;
import io.coppice.supervision.Strategy;
import io.coppice.supervision.laws.TreeScript.Init;
import io.coppice.supervision.laws.TreeScript.Move;
import io.coppice.supervision.laws.TreeScript.Part;
import io.coppice.testkit.laws.Ruling;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How the laws of supervision are looked for in a trace. */
final class SupervisionRules {

    private SupervisionRules() {}

    // What a trace says

    private record Line(String what, String id, String rest) {
        static Line of(String text) {
            var words = text.split(" ", 3);
            int number = words.length > 1 ? words[1].indexOf('#') : -1;
            var id = number < 0 ? "" : words[1].substring(0, number);
            return new Line(words[0], id, words.length > 2 ? words[2] : "");
        }

        boolean isStart() {
            return what.equals("start");
        }

        boolean isStop() {
            return what.equals("exit") && rest.equals(ExitReason.SHUTDOWN.toString());
        }

        boolean isEnd() {
            return what.equals("end");
        }
    }

    private static List<Line> lines(List<String> segment) {
        return segment.stream().map(Line::of).toList();
    }

    private static List<String> started(List<Line> lines) {
        return lines.stream().filter(Line::isStart).map(Line::id).toList();
    }

    private static List<String> stopped(List<Line> lines) {
        return lines.stream().filter(Line::isStop).map(Line::id).toList();
    }

    /**
     * The end of a child, and what came of it.
     *
     * @param isToRunAgain whether its restart type and the reason say so
     * @param restarts how many there have been to make so far, with this one
     */
    private record Loss(Move.End end, List<Line> lines, boolean isToRunAgain, int restarts) {
        boolean isWithin(int intensity) {
            return restarts <= intensity;
        }
    }

    /** All ends of children; empty if something else is done, too, or an init fails. */
    private static List<Loss> losses(TreeScript script, TreeTrace seen) {
        var losses = new ArrayList<Loss>();
        boolean isPlain =
                script.moves().stream().allMatch(Move.End.class::isInstance)
                        && script.children().stream().allMatch(part -> part.inits().isEmpty());
        int restarts = 0;
        for (int at = 0; isPlain && at < seen.moves().size(); at++) {
            var end = (Move.End) script.moves().get(at);
            var lines = lines(seen.moves().get(at));
            boolean isToRunAgain = !lines.isEmpty() && isToRunAgain(script, end);
            restarts += isToRunAgain ? 1 : 0;
            losses.add(new Loss(end, lines, isToRunAgain, restarts));
        }
        return losses;
    }

    private static boolean isToRunAgain(TreeScript script, Move.End end) {
        return switch (script.child(end.id()).restart()) {
            case PERMANENT -> true;
            case TRANSIENT -> end.reason().isAbnormal();
            case TEMPORARY -> false;
        };
    }

    private static Ruling ruling(Stream<?> tested, Stream<String> broken) {
        return new Ruling(tested.findAny().isPresent(), broken.toList());
    }

    // The laws

    static Ruling restartedByStrategy(TreeScript script, TreeTrace seen) {
        var restarts =
                losses(script, seen).stream()
                        .filter(Loss::isToRunAgain)
                        .filter(loss -> loss.isWithin(script.intensity()))
                        .toList();
        return ruling(
                restarts.stream(),
                restarts.stream()
                        .filter(loss -> !started(loss.lines()).equals(group(script, loss.end())))
                        .map(
                                loss ->
                                        "after %s: started %s instead of %s"
                                                .formatted(
                                                        loss.end(),
                                                        started(loss.lines()),
                                                        group(script, loss.end()))));
    }

    /** Who is started when {@code end} is restarted. */
    private static List<String> group(TreeScript script, Move.End end) {
        int place = script.ids().indexOf(end.id());
        int first = script.strategy() == Strategy.ONE_FOR_ALL ? 0 : place;
        int last = script.strategy() == Strategy.ONE_FOR_ONE ? place : script.children().size() - 1;
        return script.children().subList(first, last + 1).stream()
                .filter(part -> part.restart() != Restart.TEMPORARY)
                .map(Part::id)
                .toList();
    }

    static Ruling restartedByType(TreeScript script, TreeTrace seen) {
        var losses =
                losses(script, seen).stream()
                        .filter(loss -> loss.isWithin(script.intensity()))
                        .filter(loss -> !loss.lines().isEmpty())
                        .toList();
        return ruling(
                losses.stream(),
                losses.stream()
                        .filter(
                                loss ->
                                        started(loss.lines()).contains(loss.end().id())
                                                != loss.isToRunAgain())
                        .map(
                                loss ->
                                        "%s after %s: started %s"
                                                .formatted(
                                                        script.child(loss.end().id()),
                                                        loss.end(),
                                                        started(loss.lines()))));
    }

    static Ruling stoppedBeforeStarted(TreeScript script, TreeTrace seen) {
        var segments = seen.moves().stream().map(SupervisionRules::lines).toList();
        return ruling(
                segments.stream()
                        .filter(lines -> !stopped(lines).isEmpty() && !started(lines).isEmpty()),
                segments.stream()
                        .filter(SupervisionRules::stopsAfterAStart)
                        .map(lines -> "stopped after a start: " + lines));
    }

    private static boolean stopsAfterAStart(List<Line> lines) {
        return lines.stream().dropWhile(line -> !line.isStart()).anyMatch(Line::isStop);
    }

    static Ruling inReverse(TreeScript script, TreeTrace seen) {
        var segments = seen.moves().stream().map(segment -> stopped(lines(segment))).toList();
        return ruling(
                segments.stream().filter(stopped -> stopped.size() > 1),
                segments.stream()
                        .filter(stopped -> !stopped.equals(inReverse(script, stopped)))
                        .map(stopped -> "stopped in this order: " + stopped));
    }

    private static List<String> inReverse(TreeScript script, List<String> ids) {
        return script.ids().reversed().stream().filter(ids::contains).toList();
    }

    static Ruling budget(TreeScript script, TreeTrace seen) {
        var losses = losses(script, seen).stream().filter(Loss::isToRunAgain).toList();
        return ruling(
                losses.stream(),
                losses.stream()
                        .filter(
                                loss ->
                                        loss.lines().stream().anyMatch(Line::isEnd)
                                                == loss.isWithin(script.intensity()))
                        .map(
                                loss ->
                                        "at restart %d of %d: %s"
                                                .formatted(
                                                        loss.restarts(),
                                                        script.intensity(),
                                                        loss.lines())));
    }

    static Ruling failedStart(TreeScript script, TreeTrace seen) {
        var failing =
                script.children().stream().filter(part -> part.init(1) == Init.FAIL).findFirst();
        return failing.map(who -> failedStart(script, who.id(), lines(seen.start())))
                .orElseGet(() -> new Ruling(false, List.of()));
    }

    private static Ruling failedStart(TreeScript script, String failing, List<Line> lines) {
        var broken = new ArrayList<String>();
        var before = script.ids().subList(0, script.ids().indexOf(failing));
        var tried = new ArrayList<>(before);
        tried.add(failing);
        if (!started(lines).equals(tried)) {
            broken.add("%s fails, and these are started: %s".formatted(failing, started(lines)));
        }
        var up = before.stream().filter(id -> script.child(id).init(1) == Init.OK).toList();
        if (!stopped(lines).equals(up.reversed())) {
            broken.add("%s were up, and these are stopped: %s".formatted(up, stopped(lines)));
        }
        var told = "failed to start " + failing + ":";
        if (lines.stream().noneMatch(line -> line.isEnd() && line.rest().startsWith(told))) {
            broken.add("%s failed, and nobody says so: %s".formatted(failing, lines));
        }
        return new Ruling(true, broken);
    }

    static Ruling noSurvivors(TreeScript script, TreeTrace seen) {
        return new Ruling(
                true,
                seen.survivors().isEmpty()
                        ? List.of()
                        : List.of("these survive their supervisor: " + seen.survivors()));
    }
}
