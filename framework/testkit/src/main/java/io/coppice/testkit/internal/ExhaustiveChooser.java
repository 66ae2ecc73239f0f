package io.coppice.testkit.internal;

import java.util.Arrays;

/**
 * All schedules, one per run, with at most so many pre-emptions: depth first, by replaying the
 * beginning of the last and answering the next number where that is possible.
 */
final class ExhaustiveChooser implements Chooser {

    private final int preemptions;
    private int[] answers = new int[64];
    private int[] limits = new int[64];
    private int prefix;
    private int size;
    private int spent;

    ExhaustiveChooser(int preemptions) {
        this.preemptions = preemptions;
    }

    /** A run is over. Whether there is a schedule that has not been tried. */
    boolean advance() {
        while (size > 0 && answers[size - 1] + 1 >= limits[size - 1]) {
            size--;
        }
        if (size == 0) {
            return false;
        }
        answers[size - 1]++;
        prefix = size;
        size = 0;
        spent = 0;
        return true;
    }

    @Override
    public int choose(Decision decision) {
        if (size == answers.length) {
            answers = Arrays.copyOf(answers, size * 2);
            limits = Arrays.copyOf(limits, size * 2);
        }
        if (size >= prefix) {
            answers[size] = 0;
        }
        limits[size] = limit(decision);
        int answer = answers[size++];
        if (answer > 0 && decision.canContinue()) {
            spent++;
        }
        return answer;
    }

    private int limit(Decision decision) {
        boolean mayPreempt = !decision.canContinue() || spent < preemptions;
        return mayPreempt ? decision.answers() : 1;
    }
}
