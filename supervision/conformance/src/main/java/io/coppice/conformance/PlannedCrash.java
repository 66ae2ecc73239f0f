package io.coppice.conformance;

/** Thrown by a process that a scenario tells to crash. */
final class PlannedCrash extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String name;

    PlannedCrash(String name) {
        super("crash:" + name, null, false, false);
        this.name = name;
    }

    String name() {
        return name;
    }
}
