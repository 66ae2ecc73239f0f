package io.coppice.testkit.laws;

import io.coppice.testkit.script.Observation;
import io.coppice.testkit.script.Script;

import java.util.List;

/** A performance broke a law. The message holds a test that performs the script again. */
public final class LawBroken extends AssertionError {

    private static final long serialVersionUID = 1;

    LawBroken(Law law, List<String> how, Script script, Observation seen) {
        this(
                law.sentence() + "\n" + String.join("\n", how),
                "hold(Law." + law.name() + ", ",
                script,
                seen);
    }

    /** Something happened that the model does not allow. */
    LawBroken(Script script, Observation seen) {
        this(
                "what happens is what the model allows",
                "what_happens_is_what_the_model_allows(",
                script,
                seen);
    }

    private LawBroken(String law, String call, Script script, Observation seen) {
        super(
                """
                broken: %s
                The script:
                %sWhat was seen:
                %sTo perform it again, in a class that extends LinkLaws:
                %s\
                """
                        .formatted(
                                law,
                                script.toString().indent(4),
                                seen.outcome().toString().indent(4),
                                test(call, script)));
    }

    private static String test(String call, Script script) {
        var text = "Script.parse(\"\"\"\n" + script.toString().indent(8) + "        \"\"\")";
        return "    @Example\n    void it_happens_again() {\n        "
                + call
                + text
                + ");"
                + "\n    }\n";
    }
}
