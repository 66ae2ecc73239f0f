package io.coppice.supervision;

/**
 * Whether a supervisor ends, with {@code Shutdown}, when significant children have ended by
 * themselves and are not restarted. A child that is terminated never sets this off.
 */
public enum AutoShutdown {
    /** It does not; then no child may be significant. The default. */
    NEVER,

    /** When the first significant child ends. */
    ANY_SIGNIFICANT,

    /**
     * When a significant child ends and no other one is active. Those that were terminated, ignored
     * or never ran count as ended, and so do those that were stopped to wait for the back-off of
     * another.
     */
    ALL_SIGNIFICANT
}
