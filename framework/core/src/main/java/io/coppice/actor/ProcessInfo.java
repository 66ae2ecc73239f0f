package io.coppice.actor;

import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be seen of a live process from outside, at one moment.
 *
 * @param pid the process
 * @param parent the process that created it, if one did
 * @param name its registered name
 * @param trapsExits whether exit signals arrive as messages
 * @param isOpen whether its init is done and its parent does not hold it shut: {@link
 *     Actor#opened()} has been called, or is next
 * @param links the processes it is linked to
 * @param monitors the monitors it has made that have not fired
 * @param monitoredBy how many monitors of others wait for its end
 */
public record ProcessInfo(
        Pid pid,
        Optional<Pid> parent,
        Optional<String> name,
        boolean trapsExits,
        boolean isOpen,
        Set<Pid> links,
        List<MonitorRef> monitors,
        int monitoredBy) {}
