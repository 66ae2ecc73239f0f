package io.coppice.testkit.internal;

import io.coppice.testkit.Findings;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Replay;
import io.coppice.testkit.Search;
import io.coppice.testkit.Trace;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/** Tries schedules. */
public final class Hunter {

    private final Hunt hunt;
    private final Carriers carriers;

    /** About how many decisions a run has, by the longest so far. */
    private int length = 100;

    private Hunter(Hunt hunt, Carriers carriers) {
        this.hunt = hunt;
        this.carriers = carriers;
    }

    /** See {@link Hunt#run}. */
    public static Findings hunt(Hunt hunt) {
        return hunt(hunt, Stage.LOOK);
    }

    static Findings hunt(Hunt hunt, Duration look) {
        return Stage.on(carriers -> new Hunter(hunt, carriers).run(), look);
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
        return Stage.on(carriers -> new Hunter(hunt, carriers).show(Case.of(replay)), Stage.LOOK);
    }

    /** See {@link Hunt#trace}. */
    public static Trace trace(Hunt hunt, long number) {
        return Stage.on(carriers -> new Hunter(hunt, carriers).traceOf(number), Stage.LOOK);
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
        for (long i = 1; i <= hunt.schedules(); i++) {
            var chooser = choosers.next(i);
            if (chooser == null) {
                return new Findings(i - 1, true, Optional.empty());
            }
            var outcome = play(chooser, seed(i), null, false);
            if (outcome.failure() != null) {
                return new Findings(i, false, Optional.of(explain(i, outcome, outcome.failure())));
            }
        }
        return new Findings(hunt.schedules(), false, Optional.empty());
    }

    private Findings.Failure explain(long number, Outcome outcome, Throwable cause) {
        var found = new Case(seed(number), null, outcome.answers());
        var smallest = new Shrinker(this::play, outcome, cause).shrink(found);
        var again = play(smallest, true);
        return failure(number, smallest, cause, again, Traces.of(again.events()));
    }

    private Findings.Failure failure(
            long number, Case smallest, Throwable cause, Outcome again, Trace trace) {
        var report = new Report(hunt, number, smallest, cause, again, trace);
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
