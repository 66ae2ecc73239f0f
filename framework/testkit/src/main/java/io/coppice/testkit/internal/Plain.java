package io.coppice.testkit.internal;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/** Text of things, the same in every run: without the addresses at which objects lie. */
final class Plain {

    private static final int LONGEST = 120;
    private static final Pattern LAMBDA = Pattern.compile("\\$\\$Lambda[^\\s,\\])}]*");
    private static final Pattern ADDRESS = Pattern.compile("@[0-9a-f]{4,16}\\b");
    private static final Pattern THREAD = Pattern.compile("Thread\\[#\\d+");

    /**
     * What the JVM says when it throws by itself. It says nothing once such a throw is hot (see
     * OmitStackTraceInFastThrow), and names variables only where the compiler has kept them.
     */
    private static final Pattern THROWN_BY_JVM =
            Pattern.compile(
                    "(\\bjava\\.lang\\.(?:(?:NullPointer(?=Exception: Cannot"
                        + " (?:invoke|read|assign|load|store|enter|exit|throw)"
                        + " )|Arithmetic(?=Exception: / by zero)|ArrayIndexOutOfBounds(?=Exception:"
                        + " Index -?\\d)|ClassCast(?=Exception: class )|ArrayStore(?=Exception:"
                        + " ))Exception)): (?:Cannot [a-z ]+(?:\"[^\"]*\")?(?: because"
                        + " [^\"]*(?:\"[^\"]*\")? is null)?|/ by zero|Index -?\\d+ out of bounds"
                        + " for length \\d+|class \\S+ cannot be cast to class \\S+(?:"
                        + " \\([^)]*\\))?|[\\w.$\\[;]+)");

    private static final Pattern LINE_END = Pattern.compile("\\R");

    private Plain() {}

    static String text(@Nullable Object thing) {
        String text;
        try {
            text = String.valueOf(thing);
        } catch (RuntimeException thrown) {
            text = "(its toString threw " + thrown.getClass().getSimpleName() + ")";
        }
        return shortened(withoutMessageOfJvm(withoutAddresses(text)));
    }

    private static String withoutAddresses(String text) {
        boolean isPlain = text.indexOf('@') < 0 && text.indexOf('$') < 0 && text.indexOf('#') < 0;
        var oneLine = LINE_END.matcher(text).replaceAll(" ");
        if (isPlain) {
            return oneLine;
        }
        var noLambda = LAMBDA.matcher(oneLine).replaceAll("\\$\\$Lambda");
        var noAddress = ADDRESS.matcher(noLambda).replaceAll("@");
        return THREAD.matcher(noAddress).replaceAll("Thread[#");
    }

    private static String withoutMessageOfJvm(String text) {
        return text.contains("Exception: ") ? THROWN_BY_JVM.matcher(text).replaceAll("$1") : text;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
