package io.coppice.supervision;

import io.coppice.process.ExitReason;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The detail of the {@link ExitReason.Shutdown} with which a supervisor ends that has given up: its
 * children failed more often than it may restart them.
 *
 * <p>OTP's supervisor ends with a bare {@code shutdown} then. For links, and for the supervisor
 * above, the two are alike.
 *
 * @param supervisor the supervisor, as ids from the root: {@code shop/orders}
 * @param child the one whose failure was one too many
 * @param intensity how many restarts were allowed; the failures were one more
 * @param period the time for which a restart counts
 * @param failures the last of them, ten at most, the oldest first; what failed in a supervisor that
 *     gave up itself is in the detail of its reason
 */
public record GaveUp(
        String supervisor, String child, int intensity, Duration period, List<Failure> failures) {

    /**
     * One that counted.
     *
     * @param child who failed
     * @param reason why: that with which it ended, or for which it did not start
     * @param before how long before the supervisor gave up; zero for the last
     */
    public record Failure(String child, ExitReason reason, Duration before) {

        /** For example {@code ledger 1.204 s before: crashed: ...}. */
        @Override
        public String toString() {
            return child + " " + before.toMillis() / 1_000.0 + " s before: " + reason;
        }
    }

    public GaveUp {
        failures = List.copyOf(failures);
    }

    /** What is in the exit: the last failure only, for that may be another {@code GaveUp}. */
    @Override
    public String toString() {
        return summary() + failures.getLast().reason();
    }

    /** What is in the log: a line for each failure. */
    String inFull() {
        return summary()
                + failures.getLast().reason()
                + failures.stream().map(it -> "\n    " + it).collect(Collectors.joining());
    }

    private String summary() {
        return "gave up on "
                + child
                + ": "
                + (intensity == 0 ? "a failure" : intensity + 1L + " failures")
                + " within "
                + period.toSeconds()
                + " s ("
                + intensity
                + " allowed), the last: ";
    }
}
