package io.coppice.testkit.internal;

import java.util.Arrays;

/** Remembers the answers of a chooser. */
final class Recorder implements Chooser {

    private final Chooser chooser;
    private int[] answers = new int[64];
    private int size;

    Recorder(Chooser chooser) {
        this.chooser = chooser;
    }

    @Override
    public int choose(Decision decision) {
        int answer = chooser.choose(decision);
        if (size == answers.length) {
            answers = Arrays.copyOf(answers, size * 2);
        }
        answers[size++] = answer;
        return answer;
    }

    /** What was answered so far, without the zeros at the end: they go without saying. */
    int[] answers() {
        int length = size;
        while (length > 0 && answers[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(answers, length);
    }

    int decisions() {
        return size;
    }
}
