package io.coppice.internal.run;

import io.coppice.process.ExitReason;

/** Waits for the end of a process. Told once, or taken back before. */
interface Watcher {

    /** The process watched has ended; called outside of every lock. */
    void gone(ExitReason reason);

    /** Whether it waits for an answer: those are told before linked and monitoring processes. */
    boolean isCall();
}
