package io.coppice.supervision;

import io.coppice.process.Pid;

/**
 * The handle of a task, for the process that started it.
 *
 * @see TaskSupervisor
 */
public final class TaskRef {

    private final Pid pid;
    private final Runnable cancellation;

    TaskRef(Pid pid, Runnable cancellation) {
        this.pid = pid;
        this.cancellation = cancellation;
    }

    /**
     * The process that stands for the task on the caller's side, from the beginning and for as long
     * as it may have a result: to kill it kills the task, and it ends as the task does.
     */
    public Pid pid() {
        return pid;
    }

    /**
     * Kills the task. Nothing of it arrives any more, no exit and no {@link TaskResult}, also if
     * that waits in the mailbox already; only the message of a linked task that waits there stays.
     * Without effect when the task is over.
     *
     * <p>Only the process that started the task may call it, as a method of its context.
     */
    public void cancel() {
        cancellation.run();
    }

    @Override
    public String toString() {
        return pid.toString();
    }
}
