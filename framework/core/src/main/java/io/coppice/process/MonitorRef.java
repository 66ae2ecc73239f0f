package io.coppice.process;

import java.util.Optional;

/**
 * The handle of one monitor: what to give to {@code demonitor}, and what {@link Down} names.
 *
 * <p>Equality is identity; every call of {@code monitor} makes a new one.
 */
public interface MonitorRef {

    /** The process watched; empty if it was asked for by a name that nobody had. */
    Optional<Pid> pid();

    /** The name under which the process was asked for, if it was. */
    Optional<String> name();
}
