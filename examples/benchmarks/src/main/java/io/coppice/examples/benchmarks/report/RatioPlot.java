package io.coppice.examples.benchmarks.report;

import io.coppice.examples.benchmarks.peers.Results;
import io.coppice.examples.benchmarks.programs.Unit;

import java.util.List;

/** A bar for each target, on a logarithmic axis: to the right of 1 we are better. */
final class RatioPlot {

    private static final int WIDTH = 960;
    private static final int ROW = 22;
    private static final int TOP = 70;
    private static final int LEFT = 270;
    private static final int RIGHT = 150;
    private static final String INK = "#222222";
    private static final String FAINT = "#dddddd";

    private final Svg svg;
    private final Axis axis;
    private final int bottom;

    private RatioPlot(int rows, double from, double to) {
        this.bottom = TOP + rows * ROW;
        this.svg = new Svg(WIDTH, bottom + ROW);
        this.axis = new Axis(from, to, LEFT, WIDTH - RIGHT);
    }

    static String of(List<Target> targets, Results results) {
        var shown =
                targets.stream().filter(it -> it.measured().apply(results).isPresent()).toList();
        double least = 1;
        double most = 10;
        for (var target : shown) {
            double margin = target.margin(target.measured().apply(results).orElseThrow().figure());
            least = Math.min(least, margin);
            most = Math.max(most, Math.max(margin, target.margin(target.stretch())));
        }
        var plot = new RatioPlot(shown.size(), Axis.below(least * 0.99), Axis.above(most));
        plot.frame();
        for (int i = 0; i < shown.size(); i++) {
            plot.bar(TOP + i * ROW, shown.get(i), results);
        }
        return plot.svg.toString();
    }

    private void frame() {
        svg.text(
                LEFT,
                20,
                Svg.Anchor.START,
                INK,
                "Coppice as it comes : the peer, in its best configuration (more is better)");
        svg.text(
                LEFT,
                38,
                Svg.Anchor.START,
                INK,
                "| gate   \u25cf stretch   bars of limits: how far below the gate");
        for (double power = axis.from(); power <= axis.to() * 1.01; power *= 10) {
            double x = axis.at(power);
            svg.line(x, TOP - 8, x, bottom, FAINT, 1);
            svg.text(x, TOP - 12, Svg.Anchor.MIDDLE, INK, Unit.plain(power) + "x");
        }
    }

    private void bar(int y, Target target, Results results) {
        var found = target.measured().apply(results).orElseThrow();
        double one = axis.at(1);
        double end = axis.at(target.margin(found.figure()));
        svg.text(LEFT - 10, y + 15, Svg.Anchor.END, INK, target.id() + "  " + target.what());
        svg.rectangle(
                Math.min(one, end),
                y + 4,
                Math.max(1, Math.abs(end - one)),
                ROW - 8,
                colour(target.met(results)));
        double gate = axis.at(target.margin(target.gate()));
        svg.line(gate, y + 1, gate, y + ROW - 1, INK, 2);
        svg.circle(axis.at(target.margin(target.stretch())), y + ROW / 2.0, 3, INK);
        svg.text(
                WIDTH - RIGHT + 10,
                y + 15,
                Svg.Anchor.START,
                INK,
                target.plain(found.figure()) + ", " + target.met(results).words);
    }

    private static String colour(Target.Met met) {
        return switch (met) {
            case STRETCH -> "#2e7d4f";
            case GATE -> "#7fb77e";
            case NO -> "#c8553d";
            case UNKNOWN -> FAINT;
        };
    }
}
