package io.coppice.internal.run;

import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.process.Signal;

import org.jspecify.annotations.Nullable;

/**
 * Sees what the processes of a simulated node do, at the moment at which they do it. Some of it
 * happens under the lock of a process: so a witness takes notes, and does nothing else, but for
 * {@link #deniesRoom}.
 */
public interface Witness {

    /** A process has been made, and will run. */
    void born(Pid child, @Nullable Pid parent);

    /** A message is on its way. */
    void sends(@Nullable Pid from, Pid to, Object message);

    /** Whether a message is to find the bounded mailbox of {@code process} full: a fault. */
    boolean deniesRoom(Pid process);

    /** A signal arrives, also at a process that has ended. */
    void arrives(@Nullable Pid from, Pid to, Signal signal);

    /** A process begins with a message: what was sent, or an exit, a down or an answer. */
    void handles(Pid process, Object message);

    /** A process is dead from now on. */
    void dies(Pid process, ExitReason reason);

    /** A process has been given a name. */
    void named(Pid process, String name);

    /** A process threw. Takes the place of the report in the log. */
    void threw(Pid process, Throwable thrown, Object during);
}
