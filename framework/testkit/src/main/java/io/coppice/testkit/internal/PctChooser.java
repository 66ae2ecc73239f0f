package io.coppice.testkit.internal;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Every process has a rank by lot, and the highest that can goes on; at a few decisions, by lot as
 * well, whoever would go on falls below all others. A bug that needs {@code d} orderings is found
 * with a probability of at least {@code 1 / (n * k^(d-1))}, for n processes and k decisions.
 *
 * @see <a href="https://doi.org/10.1145/1736020.1736040">A Randomized Scheduler with Probabilistic
 *     Guarantees of Finding Bugs</a>
 */
final class PctChooser implements Chooser {

    private final Dice dice;
    private final long[] falls;
    private final Map<Object, Long> ranks = new IdentityHashMap<>();
    private long decisions;
    private int fallen;

    /**
     * @param depth how many orderings a bug may need, at least 1
     * @param length about how many decisions a run has
     */
    PctChooser(long seed, int depth, int length) {
        this.dice = new Dice(seed);
        this.falls = new long[depth - 1];
        for (int i = 0; i < falls.length; i++) {
            falls[i] = dice.below(Math.max(1, length));
        }
    }

    @Override
    public int choose(Decision decision) {
        int best = highest(decision);
        for (long fall : falls) {
            if (fall == decisions && best < decision.turns()) {
                ranks.put(decision.strand(best), (long) - ++fallen);
                best = highest(decision);
            }
        }
        decisions++;
        return best;
    }

    private int highest(Decision decision) {
        int best = 0;
        long bestRank = Long.MIN_VALUE;
        for (int answer = 0; answer < decision.answers(); answer++) {
            long rank = rank(decision, answer);
            if (rank > bestRank) {
                best = answer;
                bestRank = rank;
            }
        }
        return best;
    }

    /** Faults have ranks as well: the first of them is one process more, and so on. */
    private long rank(Decision decision, int answer) {
        int turns = decision.turns();
        Object who = answer < turns ? decision.strand(answer) : Integer.valueOf(answer - turns);
        return ranks.computeIfAbsent(who, unseen -> dice.nextLong() >>> 1);
    }
}
