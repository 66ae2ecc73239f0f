package io.coppice.testkit.internal;

import io.coppice.testkit.Findings;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Replay;
import io.coppice.testkit.Search;
import io.coppice.testkit.Trace;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Tries schedules. */
public final class Hunter {

    /** What hunts of this thread do instead of searching. */
    private static final ThreadLocal<@Nullable Instead> INSTEAD = new ThreadLocal<>();

    private final Hunt hunt;
    private final PrintedTest test;
    private final Carriers carriers;

    /** About how many decisions a run has, by the longest so far. */
    private int length = 100;

    private Hunter(Hunt hunt, PrintedTest test, Carriers carriers) {
        this.hunt = hunt;
        this.test = test;
        this.carriers = carriers;
    }

    /** See {@link Hunt#run}. */
    public static Findings hunt(Hunt hunt) {
        var instead = INSTEAD.get();
        return instead == null ? hunt(hunt, Stage.LOOK) : instead.play(hunt);
    }

    static Findings hunt(Hunt hunt, Duration look) {
        return on(hunt, look, Hunter::run);
    }

    private static <T> T on(Hunt hunt, Duration look, Function<Hunter, T> play) {
        var test = PrintedTest.of(hunt);
        return Stage.on(carriers -> play.apply(new Hunter(hunt, test, carriers)), look);
    }

    /** One run in the place of many, and what came of it. */
    private static final class Instead {
        private final Replay replay;
        private boolean wasPlayed;
        private Optional<Findings.Failure> failure = Optional.empty();

        Instead(Replay replay) {
            this.replay = replay;
        }

        Findings play(Hunt hunt) {
            var shown = replay(hunt, replay);
            wasPlayed = true;
            failure = failure.or(shown::failure);
            return new Findings(1, false, shown.failure());
        }
    }

    /** See {@link Replay#in}. */
    public static Optional<Findings.Failure> replayIn(Replay replay, Replay.Body body)
            throws Throwable {
        var instead = new Instead(replay);
        INSTEAD.set(instead);
        try {
            body.run();
        } catch (Throwable thrown) {
            if (instead.failure.isEmpty()) {
                throw thrown;
            }
        } finally {
            INSTEAD.remove();
        }
        if (!instead.wasPlayed) {
            throw new IllegalStateException("there is no hunt in it to repeat " + replay);
        }
        return instead.failure;
    }

    /**
     * What a replay has shown.
     *
     * @param failure if it failed
     * @param trace in either case
     */
    public record Shown(Optional<Findings.Failure> failure, Trace trace) {}

    /** See {@link Hunt#replay}. */
    public static Shown replay(Hunt hunt, Replay replay) {
        return on(hunt, Stage.LOOK, hunter -> hunter.show(Case.of(replay)));
    }

    /** See {@link Hunt#trace}. */
    public static Trace trace(Hunt hunt, long number) {
        return on(hunt, Stage.LOOK, hunter -> hunter.traceOf(number));
    }

    private Shown show(Case shown) {
        var outcome = play(shown, true);
        var trace = Traces.of(outcome.events());
        var cause = outcome.failure();
        return new Shown(
                Optional.ofNullable(cause).map(thrown -> failure(1, shown, thrown, outcome, trace)),
                trace);
    }

    private Trace traceOf(long number) {
        var choosers = choosers();
        for (long i = 1; ; i++) {
            var chooser = choosers.next(i);
            if (chooser == null) {
                throw new IllegalArgumentException("number: " + number + ", there are " + (i - 1));
            }
            var outcome = play(chooser, seed(i), null, i == number);
            if (i == number) {
                return Traces.of(outcome.events());
            }
        }
    }

    private Findings run() {
        var choosers = choosers();
        var sought = new Sought();
        Outcome last = null;
        for (long i = 1; i <= hunt.schedules(); i++) {
            var chooser = choosers.next(i);
            if (chooser == null) {
                return new Findings(i - 1, true, unfound(i - 1, last, sought));
            }
            var outcome = play(chooser, seed(i), null, false);
            if (outcome.failure() != null) {
                return new Findings(i, false, Optional.of(explain(i, outcome, outcome.failure())));
            }
            sought.add(outcome.sought());
            last = outcome;
        }
        return new Findings(hunt.schedules(), false, unfound(hunt.schedules(), last, sought));
    }

    /** All went well, but perhaps only because a fault has met nobody. */
    private Optional<Findings.Failure> unfound(long number, @Nullable Outcome last, Sought sought) {
        var complaint = sought.complaint(number);
        if (complaint.isEmpty() || last == null) {
            return Optional.empty();
        }
        var played = new Case(seed(number), null, last.answers());
        var trace = Traces.of(play(played, true).events());
        var text = hunt.name() + " proves nothing: " + complaint + "\n";
        return Optional.of(
                new Findings.Failure(
                        number, played.replay(), new AssertionError(complaint), trace, text));
    }

    private Findings.Failure explain(long number, Outcome outcome, Throwable cause) {
        var found = new Case(seed(number), null, outcome.answers());
        var smallest = new Shrinker(this::play, outcome, cause).shrink(found);
        var again = play(smallest, true);
        return failure(number, smallest, cause, again, Traces.of(again.events()));
    }

    private Findings.Failure failure(
            long number, Case smallest, Throwable cause, Outcome again, Trace trace) {
        var report = new Report(hunt, test, number, smallest, cause, again, trace);
        return new Findings.Failure(
                number, smallest.replay(), report.cause(), trace, report.text());
    }

    private Outcome play(Case played, boolean traces) {
        return play(new ReplayChooser(played.answers()), played.seed(), played.kept(), traces);
    }

    private Outcome play(Chooser chooser, long seed, int @Nullable [] kept, boolean traces) {
        var outcome = Run.play(hunt, carriers, chooser, seed, kept, traces);
        length = Math.max(length, outcome.decisions());
        return outcome;
    }

    /** The seed of one run; in an exhaustive search all runs draw the same numbers. */
    private long seed(long number) {
        return hunt.search() instanceof Search.Exhaustive
                ? hunt.seed()
                : Dice.mix(hunt.seed(), number);
    }

    /** Makes the schedules of a search, one after the other. */
    @FunctionalInterface
    private interface Choosers {
        @Nullable Chooser next(long number);
    }

    private Choosers choosers() {
        return switch (hunt.search()) {
            case Search.AtRandom(var oneIn) -> number -> new RandomChooser(seed(number), oneIn);
            case Search.Probabilistic(var depth) ->
                    number -> new PctChooser(seed(number), depth, length);
            case Search.Exhaustive(var preemptions) -> {
                var chooser = new ExhaustiveChooser(preemptions);
                yield number -> number == 1 || chooser.advance() ? chooser : null;
            }
        };
    }
}
