package io.coppice.supervision;

/** Who is restarted with a child that ended. */
public enum Strategy {
    /** The child alone: children do not depend on each other. */
    ONE_FOR_ONE,

    /** All children: each depends on each other one. */
    ONE_FOR_ALL,

    /** The child and those started after it: children depend on those before them. */
    REST_FOR_ONE
}
