package io.coppice.testkit.model.supervisor;

import io.vavr.collection.List;

/**
 * What a process does by itself: a state machine, and a value. It is told what it takes out of its
 * mailbox, one after the other, and answers with what it does and what it is from then on.
 */
public sealed interface Behaviour permits Supervisor, SupervisorInit, Worker {

    /** What it does in its init. */
    Turn begin(Sight sight);

    /** Whether it takes such a letter out of its mailbox now; if not, the letter stays there. */
    boolean takes(Letter letter);

    /** What it does when it has taken {@code letter}. */
    Turn receive(Letter letter, Sight sight);

    /** Whether it is to record {@code letter}, besides, as any other process does. */
    default boolean isRecorded(Letter letter) {
        return false;
    }

    /**
     * One step.
     *
     * @param next what it is from now on
     * @param deeds what it does, in order
     */
    record Turn(Behaviour next, List<Deed> deeds) {}

    /** What a process can look up. */
    interface Sight {

        /** Milliseconds since some moment in the past. */
        long millis();

        /** Whether {@code process} lives. */
        boolean lives(String process);

        /** What the next process is called that is started as {@code id}. */
        String nextOf(String id);
    }
}
