package io.coppice.actor;

/** A timer that was set. */
public interface TimerRef {

    /**
     * Stops the timer. If the process that set it calls this, no message of the timer is handled
     * afterwards, one that has already fired included.
     */
    void cancel();
}
