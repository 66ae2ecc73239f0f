package io.coppice.actor;

import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a node has stopped. Its text is a table for people.
 *
 * @param reason with which the root ended; {@code Normal} for a node without one
 * @param took from the first call of {@code stop} to its end
 * @param drain whether what had been accepted was finished first
 * @param stopped the processes that were asked to stop, in the order of their ends
 * @param lost how many messages were not handled meanwhile, by reason
 * @param letters the first {@value #MOST_LETTERS} of them
 * @param stranded how many messages have no fate: those that a zombie had in hand, and behind it
 * @param zombies code of dead processes that had not come back by the end
 */
public record ShutdownReport(
        ExitReason reason,
        Duration took,
        Drain drain,
        List<Stopped> stopped,
        Map<Fates.Loss, Long> lost,
        List<NodeEvent.DeadLetter> letters,
        long stranded,
        List<Zombie> zombies) {

    /** How many lost messages are kept. */
    public static final int MOST_LETTERS = 100;

    /** Whether a drain was finished. */
    public enum Drain {
        /** The root was not to be drained. */
        NOT_ASKED,
        /** All that had been accepted was finished. */
        COMPLETE,
        /** The time for it was over first. */
        CUT_SHORT
    }

    /**
     * A process that was asked to stop.
     *
     * @param took from when it was asked to its end
     * @param wasLate whether it was killed since it did not stop in time
     */
    public record Stopped(Pid process, Duration took, ExitReason reason, boolean wasLate) {

        /** Whether it was killed, late or not. */
        public boolean wasKilled() {
            return reason instanceof ExitReason.Killed;
        }
    }

    /** The processes that did not stop in time. */
    public List<Stopped> late() {
        return stopped.stream().filter(Stopped::wasLate).toList();
    }

    @Override
    public String toString() {
        var lines = stopped.stream().map(ShutdownReport::line).collect(Collectors.joining());
        return "stopped in %s: %s%s%n%s%s%s"
                .formatted(millis(took), reason, ofDrain(), lines, ofLost(), ofZombies());
    }

    private String ofDrain() {
        return switch (drain) {
            case NOT_ASKED -> "";
            case COMPLETE -> "; drained first";
            case CUT_SHORT -> "; the time to drain was over first";
        };
    }

    private String ofLost() {
        return lost.isEmpty() ? "" : "messages not handled: " + lost + System.lineSeparator();
    }

    private String ofZombies() {
        return zombies.isEmpty()
                ? ""
                : "code that runs on, with %d messages: %s%n".formatted(stranded, zombies);
    }

    private static String line(Stopped child) {
        return "  %-30s %10s  %s%s%n"
                .formatted(
                        child.process(),
                        millis(child.took()),
                        child.reason(),
                        child.wasLate() ? ", late" : "");
    }

    private static String millis(Duration duration) {
        return "%.1f ms".formatted(duration.toNanos() / 1e6);
    }
}
