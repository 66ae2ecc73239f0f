package io.coppice.supervision.laws;

import java.util.List;

/** A performance broke a law. The message holds a test that performs the script again. */
public final class SupervisionLawBroken extends AssertionError {

    private static final long serialVersionUID = 1;

    SupervisionLawBroken(SupervisionLaw law, List<String> how, TreeScript script, TreeTrace seen) {
        this(
                law.sentence() + "\n" + String.join("\n", how),
                script,
                seen.toString(),
                "hold(SupervisionLaw." + law.name() + ", ");
    }

    /** What was seen is none of what the model allows; {@code call} begins the test of that. */
    SupervisionLawBroken(String allowed, TreeScript script, String seen, String call) {
        super(
                """
                broken: %s
                The script:
                %sWhat was seen:
                %sTo perform it again, in a class that extends SupervisionLaws:
                %s\
                """
                        .formatted(
                                allowed,
                                script.toString().indent(4),
                                seen.indent(4),
                                test(call, script)));
    }

    private static String test(String call, TreeScript script) {
        var text = "TreeScript.parse(\"\"\"\n" + script.toString().indent(8) + "        \"\"\")";
        return "    @Example\n    void it_happens_again() {\n        "
                + call
                + text
                + ");\n    }\n";
    }
}
