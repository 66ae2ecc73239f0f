package io.coppice.testkit.internal;

/**
 * The answers of an earlier run, then always the first. An answer that is no longer possible is the
 * first, too.
 */
final class ReplayChooser implements Chooser {

    private final int[] answers;
    private int next;

    ReplayChooser(int[] answers) {
        this.answers = answers;
    }

    @Override
    public int choose(Decision decision) {
        int answer = next < answers.length ? answers[next++] : 0;
        return answer < decision.answers() ? answer : 0;
    }
}
