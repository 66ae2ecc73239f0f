package io.coppice.supervision;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether supervisors have time enough to start and to stop. A supervisor that is killed stops
 * nobody: its children die through their links, without order and without their {@code stopped},
 * and those that trap exits may live on.
 */
final class Times {

    /** Longer than any time that can be given. */
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private Times() {}

    static List<Warning> check(Part part) {
        boolean isBelow = part.parent().isPresent();
        return isBelow && part.supervisor().isPresent()
                ? Stream.of(shutdown(part), init(part)).flatMap(Optional::stream).toList()
                : List.of();
    }

    // To stop

    private static Optional<Warning> shutdown(Part supervisor) {
        var limit = limit(supervisor.spec().shutdown());
        var needed = toStopChildren(supervisor);
        if (limit.compareTo(needed) >= 0) {
            return Optional.empty();
        }
        boolean isPatient = needed.equals(FOR_EVER);
        return Optional.of(
                supervisor.warning(
                        Warning.Kind.SHUTDOWN_TOO_SHORT,
                        "is killed after %s, while its children may take %s to stop"
                                .formatted(
                                        Words.of(limit), isPatient ? "for ever" : Words.of(needed)),
                        "shut it down patiently()"
                                + (isPatient ? "" : ", or within more than " + Words.of(needed))));
    }

    /** How long {@code part} may take until it has stopped, as far as that is known. */
    private static Duration toStop(Part part) {
        var limit = limit(part.spec().shutdown());
        if (part.supervisor().isPresent()) {
            return min(limit, toStopChildren(part));
        }
        // What is wrapped may take long, or not: no reason to warn.
        return part.isOpaque() && limit.equals(FOR_EVER) ? Duration.ZERO : limit;
    }

    /** One after the other; a dynamic supervisor's all at once. */
    private static Duration toStopChildren(Part supervisor) {
        return supervisor.children().stream().map(Times::toStop).reduce(Duration.ZERO, Times::sum);
    }

    private static Duration limit(ShutdownMode mode) {
        return switch (mode) {
            case ShutdownMode.Immediately() -> Duration.ZERO;
            case ShutdownMode.Within(var time) -> atLeastZero(time);
            case ShutdownMode.Draining(var time) -> atLeastZero(time);
            case ShutdownMode.Patiently() -> FOR_EVER;
        };
    }

    private static Duration atLeastZero(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    // To start

    /**
     * The longest deadline counts, not their sum: that one child hangs must not cost the others an
     * orderly end, that several are slow at once is what the supervisor's own deadline is for.
     */
    private static Optional<Warning> init(Part supervisor) {
        var longest = longestInit(supervisor);
        return supervisor
                .spec()
                .initDeadline()
                .filter(deadline -> !supervisor.isDynamic() && deadline.compareTo(longest) <= 0)
                .map(
                        deadline ->
                                supervisor.warning(
                                        Warning.Kind.INIT_DEADLINE_TOO_SHORT,
                                        ("is killed if it has not started within %s, while the init"
                                                        + " of one child may take %s")
                                                .formatted(
                                                        Words.of(deadline),
                                                        longest.equals(FOR_EVER)
                                                                ? "for ever"
                                                                : Words.of(longest)),
                                        "give the children shorter deadlines, or it a longer one"));
    }

    private static Duration longestInit(Part supervisor) {
        return supervisor.children().stream()
                .map(Times::toInit)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** How long the init of {@code part} may take, as far as that is known. */
    private static Duration toInit(Part part) {
        var limit = part.spec().initDeadline().orElse(FOR_EVER);
        if (part.isDynamic() || part.isOpaque() && limit.equals(FOR_EVER)) {
            return Duration.ZERO;
        }
        return part.supervisor().isPresent() ? min(limit, longestInit(part)) : limit;
    }

    // Arithmetic

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration sum(Duration one, Duration other) {
        return one.compareTo(FOR_EVER.minus(other)) >= 0 ? FOR_EVER : one.plus(other);
    }
}
