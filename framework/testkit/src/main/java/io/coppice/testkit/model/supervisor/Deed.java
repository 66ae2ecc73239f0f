package io.coppice.testkit.model.supervisor;

import io.coppice.process.ExitReason;

/** What a process does. This is all that supervisors are made of. */
public sealed interface Deed {

    /** It traps exits from now on. */
    record Trap() implements Deed {}

    /**
     * It creates a process, linked before that first runs. What that is decides its {@code id}; it
     * will be called {@code process}.
     *
     * @param isDynamic whether its supervisor tells its children apart by process
     */
    record SpawnLinked(String id, String process, boolean isDynamic) implements Deed {}

    /** It tells {@code starter}, which waits for it, what became of its init. */
    record Ack(String starter, Letter.Started result) implements Deed {}

    /** It monitors {@code process}. */
    record Monitor(String process) implements Deed {}

    /** It sends an exit signal. */
    record Exit(String process, ExitReason reason) implements Deed {}

    /** It kills {@code process}. */
    record Kill(String process) implements Deed {}

    /** It unlinks {@code process}, and takes an exit of that out of its mailbox if there is one. */
    record UnlinkAndFlush(String process) implements Deed {}

    /**
     * It will be told when {@code millis} are over, instead of what it wanted to be told before.
     */
    record Alarm(long millis) implements Deed {}

    /** It does not want to be told any more. */
    record NoAlarm() implements Deed {}

    /** It sends itself {@code letter}. */
    record SendSelf(Letter letter) implements Deed {}

    /** It answers {@code caller}. */
    record Reply(String caller, String text) implements Deed {}

    /** It ends. */
    record Stop(ExitReason reason) implements Deed {}
}
