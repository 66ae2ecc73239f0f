package io.coppice.testkit.laws;

import static java.util.Objects.requireNonNull;

import io.coppice.testkit.script.Observation;
import io.coppice.testkit.script.Script;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Supplier;

/**
 * A performance broke a law. The message shows the script and what was seen, and holds a test that
 * performs it again; of a simulated node, under the smallest schedule that breaks it.
 */
public final class LawBroken extends AssertionError {

    private static final long serialVersionUID = 1;

    private final transient Supplier<String> shown;
    private transient @Nullable String message;

    /**
     * What is broken, and by what.
     *
     * @param law null for the model: something happened that it does not allow
     * @param how in sentences
     */
    record Broken(@Nullable Law law, List<String> how, Script script, Observation seen) {

        /** All of it but a test. */
        String text() {
            return "broken: %s\nThe script:\n%sWhat was seen:\n%s"
                    .formatted(
                            law(law, how),
                            script.toString().indent(4),
                            seen.outcome().toString().indent(4));
        }

        private static String law(@Nullable Law law, List<String> how) {
            return law == null
                    ? "what happens is what the model allows"
                    : law.sentence() + "\n" + String.join("\n", how);
        }

        /** The script as it is written in a test, within {@code indent}. */
        String source(int indent) {
            return "Script.parse(\n"
                    + ("\"\"\"\n" + script + "\"\"\"").indent(indent).stripTrailing()
                    + ")";
        }
    }

    /**
     * For laws of your own.
     *
     * @param shown writes the message, once, if anybody asks for it: of all that jqwik shrinks,
     *     somebody asks the last
     */
    public LawBroken(Supplier<String> shown) {
        this.shown = requireNonNull(shown, "shown");
    }

    /** On a node with threads: a test for a class of {@link LinkLaws}. */
    static String onThreads(Broken broken) {
        var call =
                broken.law() == null
                        ? "what_happens_is_what_the_model_allows("
                        : "hold(Law." + broken.law().name() + ", ";
        return broken.text()
                + "To perform it again, in a class that extends LinkLaws:\n"
                + "    @Example\n    void it_happens_again() {\n        "
                + call
                + broken.source(16)
                + ");\n    }\n";
    }

    @Override
    public String getMessage() {
        if (message == null) {
            message = shown.get();
        }
        return message;
    }
}
