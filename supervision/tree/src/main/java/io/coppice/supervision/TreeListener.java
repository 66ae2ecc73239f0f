package io.coppice.supervision;

/**
 * Hears what happens in a supervision tree. Called in the process of the supervisor concerned, so
 * it must not block: {@code ref::send} is a good one. Whatever it throws is logged and harms
 * nobody.
 *
 * <p>Supervisors run at the same time, so one listener may be called from several threads at once.
 */
@FunctionalInterface
public interface TreeListener {

    /** It has happened. */
    void on(TreeEvent event);
}
