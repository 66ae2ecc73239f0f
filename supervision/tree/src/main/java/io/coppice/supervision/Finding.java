package io.coppice.supervision;

/** Something that {@link Supervisor#check() check()} found in a tree. */
public sealed interface Finding permits Problem, Warning {

    /**
     * Where it is. For a {@link Warning} the ids from the root of the tree on, as in {@code
     * shop/orders/inbox}; for a {@link Problem} the supervisor, and the child if it is one's.
     */
    String at();

    /** Where it is, what is wrong, with names and values, and what to do. */
    String message();
}
