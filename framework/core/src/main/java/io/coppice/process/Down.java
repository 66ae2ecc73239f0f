package io.coppice.process;

/**
 * News that a monitored process is gone. Each monitor gives it at most once.
 *
 * @param monitor the monitor that fired
 * @param reason why the process ended, or {@link ExitReason.NoProcess} if there was none when it
 *     was monitored
 */
public record Down(MonitorRef monitor, ExitReason reason) {}
