package io.coppice.supervision.laws;

import io.coppice.testkit.laws.LawBroken;

import java.util.function.Function;

/** Holds simulated trees to a law, and tells the message of what breaks it. */
public final class LawBrokenTrial extends SimulatedSupervisionLaws
        implements Function<String, String> {

    /** The names of what is no law: the model, and a supervisor killed while it stops. */
    static final String MODEL = "model";

    static final String AT_ONCE = "at once";
    static final String KILLED = "killed";

    private final String law;

    /**
     * @param law its name, or one of those above
     */
    public LawBrokenTrial(String law) {
        this.law = law;
    }

    @Override
    public String apply(String text) {
        try {
            switch (law) {
                case MODEL -> allow(TreeScript.parse(text));
                case AT_ONCE -> allowAtOnce(TreeScript.parse(text));
                case KILLED -> killWhileItStops();
                default -> hold(SupervisionLaw.valueOf(law), TreeScript.parse(text));
            }
        } catch (LawBroken broken) {
            return broken.getMessage();
        }
        return "kept";
    }
}
