package io.coppice.internal.run;

import io.coppice.actor.NoSuchProcess;
import io.coppice.actor.ProcessEnded;
import io.coppice.actor.ProcessInfo;
import io.coppice.internal.link.Links;
import io.coppice.internal.link.Links.Link;
import io.coppice.internal.mailbox.Envelope;
import io.coppice.internal.table.Table;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;
import io.coppice.process.Signal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What a process does about its ties in its own name. */
abstract sealed class Tied extends Signalled permits LocalProcess {

    Tied(
            LocalNode node,
            long number,
            String label,
            Envelope first,
            @Nullable LocalProcess<?> parent) {
        super(node, number, label, first, parent);
    }

    final void link(LocalProcess<?> peer) {
        // Of one that it is linked to already, the exit is on its way.
        if (trap == null && peer.isDead() && !sees(peer)) {
            throw new NoSuchProcess("link of " + this + " to " + peer + ", which has ended");
        }
        if (peer != this && changeLinks(peer, table -> Links.linkAsked(table, peer))) {
            signal(self(), peer, new Signal.Link());
        }
    }

    final void unlink(LocalProcess<?> peer) {
        long id = node.nextId();
        if (changeLinks(peer, table -> Links.unlinkAsked(table, peer, id))) {
            node.atLarge(self());
            node.atLarge(peer);
            signal(self(), peer, new Signal.Unlink(id));
        }
    }

    private boolean changeLinks(LocalProcess<?> peer, UnaryOperator<Table<Pid, Link>> change) {
        lock();
        try {
            requireAlive();
            var before = links;
            setLinks(change.apply(before));
            return links != before;
        } finally {
            unlock();
        }
    }

    /** The link to {@code child} goes without anybody being told: its start has failed. */
    final void forgetLink(LocalProcess<?> child) {
        lock();
        try {
            setLinks(links.without(child));
        } finally {
            unlock();
        }
    }

    /**
     * @return whether exits were trapped before
     */
    final boolean trap(@Nullable Function<? super Exited, ?> news) {
        lock();
        try {
            requireAlive();
            boolean before = trap != null;
            trap = news;
            return before;
        } finally {
            unlock();
        }
    }

    final boolean trapsExits() {
        return trap != null;
    }

    final void monitor(ProcessMonitor monitor) {
        var target = monitor.target;
        if (target == this) {
            return; // allowed, and never fires
        }
        lock();
        try {
            requireAlive();
            monitors = Listed.with(monitors, monitor.made);
        } finally {
            unlock();
        }
        if (target == null) {
            Errand.send(self(), new Signal.Died(monitor, ExitReason.NO_PROCESS));
        } else {
            signal(self(), target, new Signal.Monitor(monitor));
        }
    }

    final boolean demonitor(ProcessMonitor monitor) {
        boolean active;
        lock();
        try {
            requireAlive();
            active = monitor.made.isListed();
            if (active) {
                forget(monitor);
            }
        } finally {
            unlock();
        }
        if (active && monitor.target != null) {
            signal(self(), monitor.target, new Signal.Demonitor(monitor));
        }
        return active;
    }

    /**
     * Ties {@code child}, which nobody knows yet, to this process.
     *
     * @throws ProcessEnded if this process has ended: then no child of it may run
     */
    final void adopt(LocalProcess<?> child, boolean linked, @Nullable ProcessMonitor monitor) {
        if (linked) {
            child.links = onlyToThis();
        }
        if (monitor != null) {
            child.watchers = Listed.with(null, monitor);
        }
        lock();
        try {
            requireAlive();
            if (linked) {
                setLinks(Links.linkAsked(links, child));
            }
            if (monitor != null) {
                monitors = Listed.with(monitors, monitor.made);
            }
        } finally {
            unlock();
        }
    }

    /** The children of a supervisor are linked to it alone, and share one table that says so. */
    private Table<Pid, Link> onlyToThis() {
        var sibling = links.newest();
        var theirs = sibling == null ? Links.none() : LocalProcess.of(sibling).links();
        return theirs.size() == 1 && Links.isActive(theirs, self()) ? theirs : Links.to(self());
    }

    // To be seen from outside

    final Optional<Pid> parent() {
        return Optional.ofNullable(parent);
    }

    final Optional<ProcessInfo> info() {
        lock();
        try {
            if (isDead()) {
                return Optional.empty();
            }
            var linked = new HashSet<Pid>();
            links.forEach(
                    (peer, link) -> {
                        if (link instanceof Links.Active) {
                            linked.add(peer);
                        }
                    });
            var ofMine = new ArrayList<MonitorRef>();
            Listed.forEach(monitors, made -> ofMine.add(made.monitor));
            return Optional.of(
                    new ProcessInfo(
                            self(),
                            parent(),
                            Optional.ofNullable(extras == null ? null : extras.name),
                            trap != null,
                            isOpen(),
                            Collections.unmodifiableSet(linked),
                            List.copyOf(ofMine),
                            monitoredBy()));
        } finally {
            unlock();
        }
    }

    private int monitoredBy() {
        int[] made = {0};
        Listed.forEach(watchers, watcher -> made[0] += watcher.isCall() ? 0 : 1);
        return made[0];
    }

    final Set<Pid> linkedPids() {
        return info().map(ProcessInfo::links).orElse(Set.of());
    }
}
