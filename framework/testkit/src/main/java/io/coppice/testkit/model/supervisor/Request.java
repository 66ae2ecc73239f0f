package io.coppice.testkit.model.supervisor;

import io.coppice.process.ExitReason;

/** What a supervisor can be asked. */
public sealed interface Request {

    /**
     * To start a child. A supervisor that tells its children apart by process reads nothing but
     * {@code id}.
     */
    record StartChild(String id, Words spec) implements Request {}

    /** To end a child. */
    record TerminateChild(String id) implements Request {}

    /** To end the child that is {@code process}. */
    record TerminateProcess(String process) implements Request {}

    /** To start a child again that does not run. */
    record RestartChild(String id) implements Request {}

    /** To forget a child that does not run. */
    record DeleteChild(String id) implements Request {}

    /** Which children it has. */
    record WhichChildren() implements Request {}

    /** How many children it has. */
    record CountChildren() implements Request {}

    /** How a child is defined. */
    record GetChildSpec(String id) implements Request {}

    /** To end, with {@code reason}. */
    record Stop(ExitReason reason) implements Request {

        /** What the caller is answered before its end. */
        public static final String ANSWER = "stopping";
    }
}
