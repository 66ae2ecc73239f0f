package io.coppice.testkit.model.supervisor;

import io.coppice.process.ExitReason;
import io.vavr.control.Option;

/** What is in the mailbox of a process. */
public sealed interface Letter {

    /** {@code from} has ended, or has sent an exit signal. */
    record Exit(String from, ExitReason reason) implements Letter {}

    /** A monitored process has ended. */
    record Down(String process, ExitReason reason) implements Letter {}

    /** {@code caller} asks a supervisor for something. */
    record Called(String caller, Request request) implements Letter {}

    /** {@code from} says what became of its init. */
    record Acked(String from, Started result) implements Letter {}

    /** A supervisor tells itself to try the restart of a child once more. */
    record TryAgain(String child) implements Letter {}

    /** The time for which a process wanted to wait is over. */
    record TimedOut() implements Letter {}

    /** A process that waits in its init may go on. */
    record Released() implements Letter {}

    /** Something to be done by the process in its own name. */
    record Command() implements Letter {}

    /** A text, which says nothing to a supervisor. */
    record Text() implements Letter {}

    /** What became of an init. */
    sealed interface Started {

        /** It runs. {@code info} is what it says besides, if anything. */
        record Ok(Option<String> info) implements Started {}

        /** It does not want to run, and has ended normally. */
        record Ignored() implements Started {}

        /** It has ended with {@code reason}. */
        record Failed(ExitReason reason) implements Started {}
    }
}
