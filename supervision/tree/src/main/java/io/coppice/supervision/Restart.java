package io.coppice.supervision;

/** Whether a child is started again when it ends by itself. */
public enum Restart {
    /** Always, even after {@code Normal}. The default. */
    PERMANENT,

    /** Only if it ended abnormally: with neither {@code Normal} nor {@code Shutdown}. */
    TRANSIENT,

    /** Never. When it ends, for whatever reason, the supervisor forgets its specification. */
    TEMPORARY
}
