package io.coppice.supervision;

import io.coppice.process.Pid;

/** How a child fares, as its supervisor knows it. */
public sealed interface ChildStatus {

    /**
     * It was started, and its supervisor has not heard of its end. A child that takes its link away
     * before it dies keeps this status until it is terminated.
     */
    record Running(Pid pid) implements ChildStatus {}

    /**
     * It does not run: it was terminated, has ended and is not restarted, or asked to be ignored.
     * OTP: {@code undefined}.
     */
    record Stopped() implements ChildStatus {}

    /** Its last restart failed; the next try is under way. */
    record Restarting() implements ChildStatus {}
}
