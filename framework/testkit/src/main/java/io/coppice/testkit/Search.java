package io.coppice.testkit;

/** How schedules are found. */
public sealed interface Search {

    /**
     * By lot: after every message anybody may go on, and one act in {@code oneIn} is preceded by
     * somebody else's.
     *
     * @param oneIn 1 or more; 0 for never
     */
    record AtRandom(int oneIn) implements Search {
        public AtRandom {
            if (oneIn < 0) {
                throw new IllegalArgumentException("oneIn: " + oneIn + ", must not be negative");
            }
        }
    }

    /**
     * By ranks: finds bugs that need {@code depth} orderings, with a probability that can be told.
     *
     * @param depth 1 to 100
     */
    record Probabilistic(int depth) implements Search {
        public Probabilistic {
            if (depth < 1 || depth > 100) {
                throw new IllegalArgumentException("depth: " + depth + ", not in 1 to 100");
            }
        }
    }

    /**
     * All schedules with at most {@code preemptions} acts that are preceded by somebody else's.
     *
     * @param preemptions zero or more
     */
    record Exhaustive(int preemptions) implements Search {
        public Exhaustive {
            if (preemptions < 0) {
                throw new IllegalArgumentException(
                        "preemptions: " + preemptions + ", must not be negative");
            }
        }
    }

    /** {@link AtRandom}, with one act in four preceded by somebody else's. */
    static Search atRandom() {
        return new AtRandom(4);
    }

    /** {@link Probabilistic}. */
    static Search probabilistic(int depth) {
        return new Probabilistic(depth);
    }

    /** {@link Exhaustive}. */
    static Search exhaustive(int preemptions) {
        return new Exhaustive(preemptions);
    }
}
