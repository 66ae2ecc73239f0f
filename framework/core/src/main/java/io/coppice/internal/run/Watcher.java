package io.coppice.internal.run;

import io.coppice.process.ExitReason;

/**
 * Waits for the end of a process, in whose list it stands. Told once, or taken back before.
 *
 * <p>From the death on the list is the {@link Obituary}'s, and nobody is taken back any more. Those
 * who come between the death and the news of it stand in a list of their own.
 */
abstract class Watcher extends Listed {

    /** The process watched has ended; called outside of every lock. */
    abstract void gone(ExitReason reason);

    /** Whether it waits for an answer: those are told before linked and monitoring processes. */
    abstract boolean isCall();
}
