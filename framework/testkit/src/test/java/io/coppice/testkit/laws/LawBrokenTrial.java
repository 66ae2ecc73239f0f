package io.coppice.testkit.laws;

import io.coppice.testkit.script.Script;

import java.util.function.Function;

/** Holds a simulated node to a law, and tells the message of what breaks it. */
public final class LawBrokenTrial extends SimulatedLinkLaws implements Function<String, String> {

    private final String law;

    /**
     * @param law its name, or the empty string for the model
     */
    public LawBrokenTrial(String law) {
        this.law = law;
    }

    @Override
    public String apply(String text) {
        var script = Script.parse(text);
        if (!law.isEmpty() && isKept(script)) {
            return "kept"; // which to count is for properties
        }
        try {
            if (law.isEmpty()) {
                what_happens_is_what_the_model_allows(script);
            } else {
                hold(Law.valueOf(law), script);
            }
        } catch (LawBroken broken) {
            return broken.getMessage();
        }
        return "kept";
    }

    private boolean isKept(Script script) {
        return perform(script).stream()
                .allMatch(seen -> Law.valueOf(law).check(script, seen).violations().isEmpty());
    }
}
