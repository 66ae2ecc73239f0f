package io.coppice.conformance;

import io.coppice.process.Down;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

/** A message that a process has taken out of its mailbox. */
sealed interface Receipt {

    /** News of an exit signal. */
    record Exit(Exited news) implements Receipt {}

    /** A text. */
    record Text(Pid from, String text) implements Receipt {}

    /**
     * News of a monitor.
     *
     * @param monitor what the scenario calls it
     */
    record Gone(String monitor, Down news) implements Receipt {}
}
