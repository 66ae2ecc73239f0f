package io.coppice.conformance;

import io.coppice.process.ExitReason;
import io.coppice.process.ExitReason.Crashed;
import io.coppice.process.ExitReason.Custom;
import io.coppice.process.ExitReason.Killed;
import io.coppice.process.ExitReason.NoConnection;
import io.coppice.process.ExitReason.NoProcess;
import io.coppice.process.ExitReason.Normal;
import io.coppice.process.ExitReason.Shutdown;
import io.coppice.supervision.FailedToStartChild;
import io.coppice.supervision.GaveUp;

/** Exit reasons as scenarios write them. */
final class Reasons {

    private static final String SHUTDOWN_WITH_DETAIL = "shutdown:";

    private Reasons() {}

    /**
     * The reason that is written so. {@code kill} is an ordinary reason here; as a signal it is
     * {@link io.coppice.actor.Context#kill}.
     */
    static ExitReason parse(String text) {
        return switch (text) {
            case "normal" -> ExitReason.NORMAL;
            case "shutdown" -> ExitReason.SHUTDOWN;
            case "killed" -> ExitReason.KILLED;
            case "noproc" -> ExitReason.NO_PROCESS;
            default ->
                    text.startsWith(SHUTDOWN_WITH_DETAIL)
                            ? ExitReason.shutdown(text.substring(SHUTDOWN_WITH_DETAIL.length()))
                            : ExitReason.custom(text);
        };
    }

    /** How {@code reason} is written. */
    static String text(ExitReason reason) {
        return switch (reason) {
            case Normal() -> "normal";
            case Shutdown(var detail) when detail == null -> "shutdown";
            case Shutdown(GaveUp moreThanOtpSays) -> "shutdown";
            case Shutdown(var detail) -> SHUTDOWN_WITH_DETAIL + detail(detail);
            case Killed() -> "killed";
            case NoProcess() -> "noproc";
            case NoConnection() -> "noconnection";
            case Crashed(PlannedCrash crash) -> "crash:" + crash.name();
            case Crashed(var unplanned) -> "crash:" + unplanned;
            case Custom(var value) -> value.toString();
        };
    }

    private static String detail(Object detail) {
        return detail instanceof FailedToStartChild(var id, var reason)
                ? "failed_to_start_child:" + id + ":" + text(reason)
                : detail.toString();
    }

    /** Whether a supervisor that ended so had not started yet. */
    static boolean isOfFailedStart(ExitReason reason) {
        return reason instanceof Shutdown(FailedToStartChild failure);
    }
}
