package io.coppice.supervision;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A child that fails again and again, and what its supervisor makes of it: whether it ever gives
 * up, which makes it a failing child of the next one, up to the root.
 *
 * <p>The earliest is assumed: delays are as short as their jitter allows, and nothing else takes
 * time. A supervisor that does not give up here never does.
 *
 * @param lifeSeconds how long {@code child} lives after each start
 * @param worker where it all begins
 * @param failures how often {@code worker} has to fail for {@code child} to fail once
 */
record Failing(Part child, double lifeSeconds, Part worker, double failures) {

    /**
     * The life of a worker that fails at once. One that does anything at all before, such as to
     * open a file or to be refused a connection, lives longer; so a budget that this one does not
     * spend, of 1000 restarts a second or more, is spent by nobody.
     */
    private static final double AT_ONCE_SECONDS = 0.001;

    /** Twice may happen to anybody; a root should survive it. */
    private static final double FEWEST_FAILURES = 3;

    /** Within a second nobody has seen the first of them. */
    private static final double SOON_SECONDS = 1;

    /** A restart counts for up to so much longer than the period. */
    private static final double SLACK_SECONDS = 1;

    /** Checks all parts of one tree. */
    static final class Checker {

        /** How the workers are restarted that have been checked, by their supervisor. */
        private final Map<Part, Set<Restart>> checked = new IdentityHashMap<>();

        /**
         * The warnings about what comes of it if {@code part}, a worker, fails at once each time.
         */
        List<Warning> check(Part part) {
            return part.spec().type() == ChildType.WORKER && isNew(part)
                    ? new Failing(part, AT_ONCE_SECONDS, part, 1).check().toList()
                    : List.of();
        }

        /** Without a back-off it leads to what siblings lead to that are restarted like it. */
        private boolean isNew(Part worker) {
            return worker.parent().isEmpty()
                    || worker.spec().backoff().isPresent()
                    || checked.computeIfAbsent(
                                    worker.parent().get(), any -> EnumSet.noneOf(Restart.class))
                            .add(worker.spec().restart());
        }
    }

    /**
     * The failures in a row of one worker that take {@code root} down the soonest, if any do:
     * looked for among all workers below it.
     */
    static Optional<Failing> fatal(Part root) {
        return root.all().stream()
                .filter(part -> part.spec().type() == ChildType.WORKER)
                .flatMap(part -> new Failing(part, AT_ONCE_SECONDS, part, 1).atTheRoot().stream())
                .min(Comparator.comparingDouble(Failing::failures));
    }

    private Optional<Failing> atTheRoot() {
        if (child.parent().isEmpty()) {
            return Optional.of(this).filter(it -> it.child != it.worker);
        }
        var supervisor = child.parent().get();
        return isRestarted() && !isForEver(supervisor)
                ? next(supervisor).atTheRoot()
                : Optional.empty();
    }

    /** The supervisor as a failing child of the one above it. */
    private Failing next(Part supervisor) {
        double times = failures * (intensity(supervisor) + 1);
        return new Failing(supervisor, untilGivenUp(supervisor), worker, times);
    }

    /** For example {@code ends when ledger fails 4 times in a row, in 4 ms}. */
    String inWords() {
        String times =
                switch ((int) Math.min(failures, Integer.MAX_VALUE)) {
                    case 1 -> "once";
                    case 2 -> "twice in a row";
                    default -> "%,.0f times in a row".formatted(failures);
                };
        var time = Duration.ofMillis(Math.round(lifeSeconds * 1_000));
        return "ends when %s fails %s, in %s".formatted(worker.id(), times, Words.of(time));
    }

    private Stream<Warning> check() {
        if (child.parent().isEmpty()) {
            return rootFallsSoon().stream();
        }
        if (!isRestarted()) {
            return Stream.empty();
        }
        var supervisor = child.parent().get();
        if (isForEver(supervisor)) {
            return Stream.of(neverGivesUp(supervisor));
        }
        return Stream.concat(cutShort(supervisor).stream(), next(supervisor).check());
    }

    /** A supervisor gives up with {@code Shutdown}, which for its parent is no failure. */
    private boolean isRestarted() {
        return switch (child.spec().restart()) {
            case PERMANENT -> true;
            case TRANSIENT -> child.supervisor().isEmpty();
            case TEMPORARY -> false;
        };
    }

    // Time

    /** Whether the restart that would be one too many comes when the first has been forgotten. */
    private boolean isForEver(Part supervisor) {
        long restarts = intensity(supervisor);
        double span = restarts * lifeSeconds + delaySeconds(restarts + 1) - delaySeconds(1);
        return span > period(supervisor).toSeconds() + SLACK_SECONDS;
    }

    /** From the start of {@code supervisor} on. */
    private double untilGivenUp(Part supervisor) {
        long restarts = intensity(supervisor);
        return (restarts + 1) * lifeSeconds + delaySeconds(restarts);
    }

    /** How long the first {@code restarts} have waited, all together. */
    private double delaySeconds(long restarts) {
        return backoff().map(it -> delaySeconds(it, restarts)).orElse(0.0);
    }

    private double delaySeconds(Backoff backoff, long restarts) {
        double shortest = 1 - backoff.jitter();
        if (isReset(backoff)) {
            return restarts * shortest * seconds(backoff.first());
        }
        double sum = 0;
        int failures = 1;
        for (; failures <= restarts && !backoff.delay(failures).equals(backoff.cap()); failures++) {
            sum += seconds(backoff.delay(failures));
        }
        return shortest * (sum + (restarts - failures + 1) * seconds(backoff.cap()));
    }

    /** Whether it lives so long that each failure counts as the first. */
    private boolean isReset(Backoff backoff) {
        return lifeSeconds >= seconds(backoff.resetAfter());
    }

    private static double seconds(Duration time) {
        return time.toSeconds() + time.getNano() / 1e9;
    }

    private Optional<Backoff> backoff() {
        return child.spec().backoff();
    }

    private static long intensity(Part supervisor) {
        return Math.max(0, flags(supervisor).intensity());
    }

    private static Duration period(Part supervisor) {
        return flags(supervisor).period();
    }

    private static Flags flags(Part supervisor) {
        return supervisor.supervisor().orElseThrow().flags;
    }

    // Words

    private Warning neverGivesUp(Part supervisor) {
        return supervisor.warning(
                Warning.Kind.NEVER_GIVES_UP,
                ("if %s always fails, it is restarted for ever: there are never"
                                + " more than %s in %s")
                        .formatted(
                                worker.path(),
                                Words.restarts((int) intensity(supervisor)),
                                Words.of(period(supervisor))),
                "allow fewer, or count them for longer, if somebody is to be told");
    }

    private Optional<Warning> rootFallsSoon() {
        // A root that makes no restart at all is meant so.
        if (intensity(child) == 0 || failures >= FEWEST_FAILURES || lifeSeconds >= SOON_SECONDS) {
            return Optional.empty();
        }
        return Optional.of(
                child.warning(
                        Warning.Kind.ROOT_FALLS_SOON,
                        ("ends, and all with it, when %s has failed twice in a row, which takes no"
                                        + " more than %s")
                                .formatted(
                                        worker.path(),
                                        Words.of(Duration.ofNanos((long) (lifeSeconds * 1e9)))),
                        "allow more restarts, or give it a back-off"));
    }

    private Optional<Warning> cutShort(Part supervisor) {
        int restarts = (int) intensity(supervisor);
        return backoff()
                .filter(it -> restarts > 0 && !isReset(it))
                .filter(it -> it.delay(restarts).compareTo(it.cap()) < 0)
                .map(
                        it ->
                                child.warning(
                                        Warning.Kind.BACKOFF_CUT_SHORT,
                                        ("has a back-off up to %s, but %s gives up after %s,"
                                                        + " when it has waited %s")
                                                .formatted(
                                                        Words.of(it.cap()),
                                                        supervisor.id(),
                                                        Words.restarts(restarts),
                                                        Words.of(it.delay(restarts))),
                                        "let "
                                                + supervisor.id()
                                                + " make more restarts, or lower the cap"));
    }
}
