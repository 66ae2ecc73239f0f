package io.coppice.examples.benchmarks;

import io.coppice.actor.ReplyTo;
import io.coppice.process.Exited;

/** What the processes of the soak say to each other. */
sealed interface Note {

    /** Do something. */
    record Tick() implements Note {}

    /** Take note. */
    record Ping() implements Note {}

    /** Answer. */
    record Ask(ReplyTo<Integer> replyTo) implements Note {}

    /** Another process has ended. */
    record Ended(Exited exited) implements Note {}

    /** Something has come of something; it does not matter what. */
    record News(Object what) implements Note {}
}
