package io.coppice.testkit.script;

import io.coppice.process.ExitReason;

/** How reasons are written in scripts. */
public final class Reasons {

    private static final String CRASH = "crash:";

    private Reasons() {}

    /** One word for {@code reason}, which {@link #parse} understands if a script can name it. */
    public static String text(ExitReason reason) {
        return switch (reason) {
            case ExitReason.NoProcess() -> "noproc";
            case ExitReason.NoConnection() -> "noconnection";
            case ExitReason.Crashed(ScriptedCrash crash) -> CRASH + crash.what();
            case ExitReason.Normal() -> "normal";
            case ExitReason.Shutdown(var detail) ->
                    detail == null ? "shutdown" : "shutdown:" + detail;
            case ExitReason.Killed() -> "killed";
            case ExitReason.Crashed(var thrown) -> "crashed:" + thrown;
            case ExitReason.Custom(var value) -> value.toString();
        };
    }

    /** The reason that {@link #text} writes as {@code word}. */
    public static ExitReason parse(String word) {
        return switch (word) {
            case "normal" -> ExitReason.NORMAL;
            case "shutdown" -> ExitReason.SHUTDOWN;
            case "killed" -> ExitReason.KILLED;
            case "noproc" -> ExitReason.NO_PROCESS;
            case "noconnection" -> ExitReason.NO_CONNECTION;
            default -> custom(word);
        };
    }

    private static ExitReason custom(String word) {
        return word.startsWith(CRASH)
                ? ScriptedCrash.reason(word.substring(CRASH.length()))
                : ExitReason.custom(word);
    }
}
