package io.coppice.testkit.internal;

import io.coppice.testkit.Trace;

import java.util.List;

/** Writes what was seen. */
final class Traces {

    private static final int STEP = 6;
    private static final int TIME = 13;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private Traces() {}

    static Trace of(List<Event> events) {
        int widest = 8;
        for (var event : events) {
            widest = Math.max(widest, event.who().length());
        }
        int width = widest;
        return new Trace(
                events.stream().map(event -> line(event, width)).toList(), Diagram.of(events));
    }

    private static String line(Event event, int width) {
        var line = new StringBuilder();
        right(line, String.valueOf(event.step()), STEP);
        right(line, seconds(event.nanos()), TIME);
        line.append("  ").append(event.who());
        line.append(" ".repeat(width - event.who().length() + 2)).append(event.what());
        return line.toString();
    }

    private static void right(StringBuilder line, String text, int width) {
        line.append(" ".repeat(Math.max(1, width - text.length()))).append(text);
    }

    private static String seconds(long nanos) {
        long micros = nanos / NANOS_PER_MICRO;
        var fraction = String.valueOf(MICROS_PER_SECOND + micros % MICROS_PER_SECOND).substring(1);
        return micros / MICROS_PER_SECOND + "." + fraction;
    }
}
