package io.coppice.actor;

import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A process that is dead for everybody, while its code still runs: a handler that ignores the
 * interrupt which came with its kill, or has not got round to it yet.
 *
 * @param pid the process
 * @param reason why it ended
 * @param age how long its code has gone on since
 * @param thread the name of the thread that runs it
 * @param state what that thread does
 * @param stack where it is, the innermost frame first
 */
public record Zombie(
        Pid pid,
        ExitReason reason,
        Duration age,
        String thread,
        Thread.State state,
        List<StackTraceElement> stack) {

    public Zombie {
        stack = List.copyOf(stack);
    }

    /** Who, why, since when and where, as in a thread dump: one frame a line. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append(pid).append(" ended (").append(reason).append(") and has gone on for ");
        text.append(String.format(Locale.ROOT, "%.3f", age.toNanos() / 1e9));
        text.append(" s on ").append(thread).append(", ").append(state);
        stack.forEach(frame -> text.append("\n    at ").append(frame));
        return text.toString();
    }
}
