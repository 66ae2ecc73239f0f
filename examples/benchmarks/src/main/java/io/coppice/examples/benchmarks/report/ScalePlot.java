package io.coppice.examples.benchmarks.report;

import io.coppice.examples.benchmarks.programs.Unit;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an operation costs, from few processes to many; both axes are logarithmic. */
public final class ScalePlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 440;
    private static final int MARGIN = 70;
    private static final int LEGEND = 130;
    private static final String INK = "#222222";
    private static final String FAINT = "#dddddd";
    private static final List<String> COLOURS =
            List.of("#2e7d4f", "#c8553d", "#3a6ea5", "#b8860b", "#6a4c93");

    private final Svg svg = new Svg(WIDTH, HEIGHT);
    private final Axis x;
    private final Axis y;

    private ScalePlot(Axis x, Axis y) {
        this.x = x;
        this.y = y;
    }

    /**
     * One with a line for each of {@code costs}, nanoseconds by the number of processes, and a
     * dashed one of the same colour for what plain objects take.
     */
    public static String of(
            Map<String, Map<Integer, Double>> costs, Map<String, Map<Integer, Double>> objects) {
        var sizes = costs.values().stream().flatMap(it -> it.keySet().stream()).toList();
        var nanos =
                Stream.of(costs, objects)
                        .flatMap(it -> it.values().stream())
                        .flatMap(it -> it.values().stream())
                        .toList();
        double least = nanos.stream().mapToDouble(it -> it).min().orElse(1);
        double most = nanos.stream().mapToDouble(it -> it).max().orElse(1);
        var plot =
                new ScalePlot(
                        new Axis(
                                sizes.stream().mapToInt(it -> it).min().orElse(1),
                                sizes.stream().mapToInt(it -> it).max().orElse(1),
                                MARGIN,
                                WIDTH - LEGEND),
                        new Axis(
                                Axis.below(least * 0.99),
                                Axis.above(most * 1.01),
                                HEIGHT - MARGIN,
                                MARGIN));
        plot.frame(sizes.stream().distinct().sorted().toList());
        int number = 0;
        for (var line : costs.entrySet()) {
            var colour = COLOURS.get(number % COLOURS.size());
            plot.name(number++, line.getKey(), colour);
            plot.line(line.getValue(), colour, false);
            plot.line(objects.getOrDefault(line.getKey(), Map.of()), colour, true);
        }
        return plot.svg.toString();
    }

    private void frame(List<Integer> sizes) {
        svg.text(
                MARGIN,
                24,
                Svg.Anchor.START,
                INK,
                "nanoseconds for one operation (less is better); dashed: among plain objects");
        for (int size : sizes) {
            svg.line(x.at(size), y.start(), x.at(size), y.end(), FAINT, 1);
            svg.text(
                    x.at(size), y.start() + 20, Svg.Anchor.MIDDLE, INK, String.format("%,d", size));
        }
        svg.text((x.start() + x.end()) / 2, HEIGHT - 20, Svg.Anchor.MIDDLE, INK, "processes alive");
        for (double power = y.from(); power <= y.to() * 1.01; power *= 10) {
            svg.line(x.start(), y.at(power), x.end(), y.at(power), FAINT, 1);
            svg.text(x.start() - 8, y.at(power) + 4, Svg.Anchor.END, INK, Unit.plain(power));
        }
    }

    private void name(int number, String name, String colour) {
        svg.text(x.end() + 12, MARGIN + 18 * number + 10, Svg.Anchor.START, colour, name);
    }

    private void line(Map<Integer, Double> costs, String colour, boolean isDashed) {
        var sizes = costs.keySet().stream().sorted().toList();
        for (int i = 0; i < sizes.size(); i++) {
            double cost = costs.getOrDefault(sizes.get(i), 1.0);
            svg.circle(x.at(sizes.get(i)), y.at(cost), isDashed ? 2 : 4, colour);
            if (i > 0) {
                double before = costs.getOrDefault(sizes.get(i - 1), 1.0);
                double from = x.at(sizes.get(i - 1));
                double to = x.at(sizes.get(i));
                if (isDashed) {
                    svg.dashed(from, y.at(before), to, y.at(cost), colour);
                } else {
                    svg.line(from, y.at(before), to, y.at(cost), colour, 2);
                }
            }
        }
    }
}
