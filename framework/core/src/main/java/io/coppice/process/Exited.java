package io.coppice.process;

/**
 * News of an exit signal, for a process that traps exits.
 *
 * @param from the process that ended, or that sent the signal
 * @param reason why it ended, or what the signal said
 */
public record Exited(Pid from, ExitReason reason) {}
