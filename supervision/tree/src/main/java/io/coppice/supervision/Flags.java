package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The options of a supervisor as such.
 *
 * @param intensity how many restarts it may make within {@code period}
 */
record Flags(int intensity, Duration period, AutoShutdown autoShutdown) {

    /** OTP's: one restart within 5 s. */
    static final Flags DEFAULTS = new Flags(1, Duration.ofSeconds(5), AutoShutdown.NEVER);

    Flags {
        requireNonNull(period, "period");
        requireNonNull(autoShutdown, "autoShutdown");
    }

    Flags withRestarts(int intensity, Duration period) {
        return new Flags(intensity, period, autoShutdown);
    }

    Flags withAutoShutdown(AutoShutdown autoShutdown) {
        return new Flags(intensity, period, autoShutdown);
    }

    RestartBudget budget() {
        return RestartBudget.of(intensity, period.toSeconds());
    }
}
