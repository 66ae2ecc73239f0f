package io.coppice.conformance;

/** What can be asked of a supervisor. */
sealed interface Request {

    /** {@code start_child S ID ...}. */
    record StartChild(String id, Attributes attributes) implements Request {}

    /** {@code terminate_child S ID}. */
    record TerminateChild(String id) implements Request {}

    /** {@code terminate_child S pid:NAME}. */
    record TerminateProcess(String process) implements Request {}

    /** {@code restart_child S ID}. */
    record RestartChild(String id) implements Request {}

    /** {@code delete_child S ID}. */
    record DeleteChild(String id) implements Request {}

    /** {@code which_children S}. */
    record WhichChildren() implements Request {}

    /** {@code count_children S}. */
    record CountChildren() implements Request {}

    /** {@code get_childspec S ID}. */
    record GetChildSpec(String id) implements Request {}

    /** {@code stop_sup S R}. */
    record Stop(String reason) implements Request {}
}
