package io.coppice.testkit.internal;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Makes a failing run small: first its script, then its schedule, until nothing can be left out
 * that was tried. A smaller run counts if it fails with the same kind of throwable.
 */
final class Shrinker {

    private static final int MOST_RUNS = 3_000;

    /** A shorter script may need another schedule: so many are tried. */
    private static final int OTHERS = 20;

    private static final int MOST_ANSWERS = 3;

    private final BiFunction<Case, Boolean, Outcome> play;
    private final Throwable cause;
    private final int scriptSize;
    private int runs;

    /** How many decisions the last run had that failed. */
    private int decisions;

    /**
     * @param found how the run went that is to be made small
     * @param cause what it threw
     */
    Shrinker(BiFunction<Case, Boolean, Outcome> play, Outcome found, Throwable cause) {
        this.play = play;
        this.scriptSize = found.script().size();
        this.decisions = found.decisions();
        this.cause = cause;
    }

    Case shrink(Case found) {
        var smallest = found;
        if (scriptSize > 0) {
            smallest = smallest.withKept(IntStream.range(0, scriptSize).toArray());
        }
        while (runs < MOST_RUNS) {
            var smaller = shrinkSchedule(shrinkScript(smallest));
            if (size(smaller) >= size(smallest)) {
                return smaller;
            }
            smallest = smaller;
        }
        return smallest;
    }

    private static long size(Case measured) {
        int script = measured.kept() == null ? 0 : measured.kept().length;
        return script * 1_000_000L + measured.deviations() * 10_000L + measured.answers().length;
    }

    // The script

    private Case shrinkScript(Case found) {
        var smallest = found;
        var kept = found.kept();
        for (int chunk = kept == null ? 0 : (kept.length + 1) / 2; chunk > 0; chunk /= 2) {
            for (int at = 0; smallest.kept() != null && at < smallest.kept().length; ) {
                var smaller = failing(smallest.withKept(without(smallest.kept(), at, chunk)));
                if (smaller == null) {
                    at += chunk;
                } else {
                    smallest = smaller;
                }
            }
        }
        return smallest;
    }

    private static int[] without(int[] all, int from, int count) {
        return IntStream.range(0, all.length)
                .filter(i -> i < from || i >= from + count)
                .map(i -> all[i])
                .toArray();
    }

    // The schedule

    private Case shrinkSchedule(Case found) {
        var smallest = shorten(found);
        for (int chunk = Math.max(1, smallest.answers().length / 2); chunk > 0; chunk /= 2) {
            smallest = zero(smallest, chunk);
            smallest = cut(smallest, chunk);
        }
        return fewer(lower(smallest));
    }

    /** Leaving out one thing after the other may end where two must go at once: so asks afresh. */
    private Case fewer(Case found) {
        var single = found.deviations() > 1 ? single(found, new int[0], MOST_ANSWERS) : null;
        if (single != null) {
            return single;
        }
        for (int first = 0;
                first < decisions && found.deviations() > 2 && runs < MOST_RUNS;
                first++) {
            var answers = new int[first + 1];
            answers[first] = 1;
            var pair = single(found, answers, 1);
            if (pair != null) {
                return pair;
            }
        }
        return found;
    }

    /** The schedule {@code before} and one more deviation after it, if that fails. */
    private @Nullable Case single(Case found, int[] before, int mostAnswers) {
        for (int at = before.length; at < decisions; at++) {
            for (int answer = 1; answer <= mostAnswers; answer++) {
                var answers = Arrays.copyOf(before, at + 1);
                answers[at] = answer;
                var smaller = same(found.withAnswers(answers));
                if (smaller != null) {
                    return smaller;
                }
            }
        }
        return null;
    }

    /** Everything after some decision is the first possible. */
    private Case shorten(Case found) {
        var smallest = found;
        for (int step = found.answers().length; step > 0; step /= 2) {
            int length = smallest.answers().length - step;
            var shorter =
                    length < 0
                            ? null
                            : same(smallest.withAnswers(Arrays.copyOf(smallest.answers(), length)));
            smallest = shorter == null ? smallest : shorter;
        }
        return smallest;
    }

    private Case zero(Case found, int chunk) {
        var smallest = found;
        for (int at = 0; at < smallest.answers().length; at += chunk) {
            var answers = smallest.answers().clone();
            int end = Math.min(answers.length, at + chunk);
            if (Arrays.stream(answers, at, end).anyMatch(answer -> answer != 0)) {
                Arrays.fill(answers, at, end, 0);
                var smaller = same(smallest.withAnswers(answers));
                smallest = smaller == null ? smallest : smaller;
            }
        }
        return smallest;
    }

    /** Fewer decisions: those after come earlier. */
    private Case cut(Case found, int chunk) {
        var smallest = found;
        for (int at = 0; at < smallest.answers().length; ) {
            var smaller = same(smallest.withAnswers(without(smallest.answers(), at, chunk)));
            if (smaller == null || size(smaller) >= size(smallest)) {
                at += chunk;
            } else {
                smallest = smaller;
            }
        }
        return smallest;
    }

    private Case lower(Case found) {
        var smallest = found;
        for (int at = 0; at < smallest.answers().length; at++) {
            for (int answer = 1; answer < smallest.answers()[at]; answer++) {
                var answers = smallest.answers().clone();
                answers[at] = answer;
                var smaller = same(smallest.withAnswers(answers));
                if (smaller != null) {
                    smallest = smaller;
                    break;
                }
            }
        }
        return smallest;
    }

    // Trying

    /** The run that {@code tried} makes, if it fails in the same way; else null. */
    private @Nullable Case same(Case tried) {
        if (++runs > MOST_RUNS) {
            return null;
        }
        var outcome = play.apply(tried, false);
        if (outcome.failsLike(cause)) {
            decisions = outcome.decisions();
        }
        return outcome.failsLike(cause) ? tried.withAnswers(outcome.answers()) : null;
    }

    /** {@link #same}, under this schedule or another. */
    private @Nullable Case failing(Case tried) {
        var found = same(tried);
        for (int other = 0; found == null && other < OTHERS; other++) {
            found = sameAtRandom(tried, other);
        }
        return found;
    }

    private @Nullable Case sameAtRandom(Case tried, int other) {
        var dice = new Dice(Dice.mix(tried.seed(), other));
        var answers = tried.answers().clone();
        for (int i = 0; i < answers.length; i++) {
            if (dice.below(4) == 0) {
                answers[i] = dice.below(4);
            }
        }
        return same(tried.withAnswers(answers));
    }
}
