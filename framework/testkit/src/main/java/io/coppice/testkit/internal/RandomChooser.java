package io.coppice.testkit.internal;

/** Every answer may come at any time. */
final class RandomChooser implements Chooser {

    /** One decision in so many lets a fault strike that may. */
    private static final int FAULT = 16;

    /** One act in so many is preceded by somebody else's. */
    private final int preemption;

    private final Dice dice;

    /**
     * @param preemption 0 for never
     */
    RandomChooser(long seed, int preemption) {
        this.dice = new Dice(seed);
        this.preemption = preemption;
    }

    @Override
    public int choose(Decision decision) {
        int turns = decision.turns();
        if (decision.faults() > 0 && dice.below(FAULT) == 0) {
            return turns + dice.below(decision.faults());
        }
        if (!decision.canContinue()) {
            return dice.below(turns);
        }
        if (turns == 1 || preemption == 0 || dice.below(preemption) != 0) {
            return 0;
        }
        return 1 + dice.below(turns - 1);
    }
}
