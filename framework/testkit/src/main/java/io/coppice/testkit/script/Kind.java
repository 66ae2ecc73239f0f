package io.coppice.testkit.script;

/** Of what the processes of a performance are made. */
public enum Kind {
    /** Every process is an actor. */
    ACTORS,
    /** Every process is a program. */
    PROGRAMS,
    /** Some are actors, some are programs. */
    BOTH;

    /** Whether {@code who} is a program. */
    boolean isProgram(String who) {
        return this == PROGRAMS || (this == BOTH && who.hashCode() % 2 == 0);
    }
}
