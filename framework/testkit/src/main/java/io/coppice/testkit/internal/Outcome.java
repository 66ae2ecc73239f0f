package io.coppice.testkit.internal;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * How one run went.
 *
 * @param failure what the scenario threw, or null
 * @param answers of its schedule, without zeros at the end
 * @param decisions how many there were
 * @param script what its script was, before anything was left out
 * @param events what was seen, if it was to be
 * @param sought whom its faults were for
 */
record Outcome(
        @Nullable Throwable failure,
        int[] answers,
        int decisions,
        List<?> script,
        List<Event> events,
        Sought sought) {

    /** Whether it failed in the same way, as far as one can tell. */
    boolean failsLike(Throwable other) {
        return failure != null && failure.getClass() == other.getClass();
    }
}
