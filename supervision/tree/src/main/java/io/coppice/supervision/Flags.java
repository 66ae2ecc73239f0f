package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The options of a supervisor as such.
 *
 * @param intensity how many restarts it may make within {@code period}
 * @param listeners in the order in which they were added
 */
record Flags(
        int intensity, Duration period, AutoShutdown autoShutdown, List<TreeListener> listeners) {

    /** OTP's: one restart within 5 s. */
    static final Flags DEFAULTS =
            new Flags(1, Duration.ofSeconds(5), AutoShutdown.NEVER, List.of());

    Flags {
        requireNonNull(period, "period");
        requireNonNull(autoShutdown, "autoShutdown");
    }

    Flags withRestarts(int intensity, Duration period) {
        return new Flags(intensity, period, autoShutdown, listeners);
    }

    Flags withAutoShutdown(AutoShutdown autoShutdown) {
        return new Flags(intensity, period, autoShutdown, listeners);
    }

    Flags withListener(TreeListener listener) {
        var all = Stream.concat(listeners.stream(), Stream.of(listener)).toList();
        return new Flags(intensity, period, autoShutdown, all);
    }

    RestartBudget budget() {
        return RestartBudget.of(intensity, period.toSeconds());
    }
}
