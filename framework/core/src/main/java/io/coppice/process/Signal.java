package io.coppice.process;

/**
 * What processes send each other besides messages.
 *
 * <p>Signals from one process to another arrive in the order in which they were sent, messages
 * included. A signal takes effect when it arrives, whatever its receiver is doing; only its news
 * (an {@link Exited} or a {@link Down}) waits in the mailbox for its turn.
 *
 * @see <a href="https://www.erlang.org/doc/system/ref_man_processes.html#signals">Signals, in
 *     Erlang's reference manual</a>
 */
public sealed interface Signal {

    /** Asks for a link. */
    record Link() implements Signal {}

    /** Ends a link; answered by an {@link UnlinkAck} with the same id. */
    record Unlink(long id) implements Signal {}

    /** Says that {@link Unlink} has arrived. */
    record UnlinkAck(long id) implements Signal {}

    /** The sender has died; heard only where the link is still active. */
    record LinkExit(ExitReason reason) implements Signal {}

    /** An exit signal sent on purpose. */
    record Exit(ExitReason reason) implements Signal {}

    /** Ends the receiver, trapping or not, with {@link ExitReason.Killed}. */
    record Kill() implements Signal {}

    /** Asks to be told of the receiver's death. */
    record Monitor(MonitorRef ref) implements Signal {}

    /** Takes {@link Monitor} back. */
    record Demonitor(MonitorRef ref) implements Signal {}

    /** A process watched through {@code ref} has died. */
    record Died(MonitorRef ref, ExitReason reason) implements Signal {}

    /** Opens a process that its parent, the sender, holds shut. */
    record Open() implements Signal {}
}
