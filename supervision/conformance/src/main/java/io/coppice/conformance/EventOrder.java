package io.coppice.conformance;

/** How the {@code !} lines of a step are ordered. */
enum EventOrder {
    /** As they happened. */
    GLOBAL,
    /** By the process that started them; each dynamic child is a group of its own. */
    GROUPED,
    /** By process. */
    CHILD
}
