package io.coppice.actor;

import io.coppice.process.MonitorRef;

/**
 * A process that was created with a monitor.
 *
 * @param ref its address
 * @param monitor the monitor, made before the process first ran
 * @param <M> the messages of the process
 */
public record Monitored<M>(ActorRef<M> ref, MonitorRef monitor) {}
