package io.coppice.supervision.laws;

import io.coppice.testkit.laws.Ruling;

import java.util.function.BiFunction;

/**
 * A law of supervision: a sentence, and how to see in a trace whether it was kept. It knows nothing
 * of the model, so that either can prove the other wrong.
 */
public enum SupervisionLaw {
    RESTARTED_BY_STRATEGY(
            "those are started again, in order, whom the strategy names",
            SupervisionRules::restartedByStrategy),
    RESTARTED_BY_TYPE(
            "a child that has ended runs again if its restart type and the reason say so",
            SupervisionRules::restartedByType),
    STOPPED_BEFORE_STARTED(
            "all that a restart affects are stopped before any is started",
            SupervisionRules::stoppedBeforeStarted),
    STOPPED_IN_REVERSE("children are stopped in reverse order", SupervisionRules::inReverse),
    BUDGET(
            "a supervisor makes as many restarts as it may, and gives up at the next",
            SupervisionRules::budget),
    A_FAILED_START_STOPS_ALL(
            "a start that fails stops in reverse those who were up, and says who failed",
            SupervisionRules::failedStart),
    NO_SURVIVORS(
            "no child survives its supervisor, however that ends", SupervisionRules::noSurvivors);

    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // without state
    private final BiFunction<TreeScript, TreeTrace, Ruling> check;

    SupervisionLaw(String sentence, BiFunction<TreeScript, TreeTrace, Ruling> check) {
        this.sentence = sentence;
        this.check = check;
    }

    /** What the law says. */
    public String sentence() {
        return sentence;
    }

    /**
     * Whether the law was kept in a performance of {@code script}. Those of restarts speak only of
     * scripts in which children end and every init succeeds.
     */
    public Ruling check(TreeScript script, TreeTrace seen) {
        return check.apply(script, seen);
    }
}
