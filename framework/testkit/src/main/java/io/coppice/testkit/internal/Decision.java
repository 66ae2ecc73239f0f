package io.coppice.testkit.internal;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One question to a schedule: who goes on? The answers are numbered: first the one that could just
 * continue, if there is one; then those that wait, the oldest first; then the faults that could
 * strike.
 */
final class Decision {

    private @Nullable Turn continuing;
    private List<Turn> waiting = List.of();
    private int faults;

    /** The same object is asked again and again: a run has many decisions. */
    Decision of(@Nullable Turn continuing, List<Turn> waiting, int faults) {
        this.continuing = continuing;
        this.waiting = waiting;
        this.faults = faults;
        return this;
    }

    boolean canContinue() {
        return continuing != null;
    }

    /** How many of the answers are no faults. */
    int turns() {
        return (continuing == null ? 0 : 1) + waiting.size();
    }

    int faults() {
        return faults;
    }

    int answers() {
        return turns() + faults;
    }

    /** Whose code would go on. */
    Object strand(int answer) {
        var first = continuing;
        if (first == null) {
            return waiting.get(answer).strand();
        }
        return answer == 0 ? first.strand() : waiting.get(answer - 1).strand();
    }
}
