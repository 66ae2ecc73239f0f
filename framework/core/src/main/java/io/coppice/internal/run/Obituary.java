package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.internal.link.Links.Link;
import io.coppice.internal.table.Table;
import io.coppice.process.Pid;
import io.coppice.process.Signal;
import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * A death that others have yet to be told of, and all that the process left.
 *
 * <p>The order is the same for every death: names are free before anybody hears of it; then waiting
 * calls fail, links are told, and monitors. One death may cause others, which wait for their turn
 * here and not on the stack: a chain may be a million links long.
 *
 * @param exit what those hear to whom it was linked
 * @param cause the one among them by whose exit it ended, and who is dead, if it did
 */
record Obituary(
        LocalProcess<?> who,
        Signal.LinkExit exit,
        @Nullable LocalProcess<?> cause,
        Table<Pid, Link> links,
        @Nullable Watcher watchers,
        ProcessMonitor.@Nullable Made monitors,
        @Nullable Extras extras)
        implements Task, Signalled.Consequence {

    /**
     * Interrupts the dead process's code now, and has the rest done when the caller has gone on.
     */
    void proclaimSoon() {
        who.abandon(exit.reason());
        who.node.tally().accepted(); // or the node would seem quiet meanwhile
        who.node.scheduler.schedule(this);
    }

    @Override
    public void run() {
        proclaim();
        who.node.tally().handled();
    }

    void proclaim() {
        var caused = new Cascade();
        for (Obituary next = this; next != null; next = caused.poll()) {
            try {
                next.tell(caused);
            } finally {
                next.who.markProclaimed();
            }
        }
    }

    /**
     * The deaths that follow from one, and whoever goes from peer to peer with the news: the same
     * for all, so that a death on the way through a chain allocates nothing but what it left.
     */
    private static final class Cascade implements BiConsumer<Pid, Link> {

        /** Most deaths cause no other. */
        private @Nullable Queue<Obituary> waiting;

        private @Nullable Obituary told;

        @Nullable Obituary poll() {
            return waiting == null ? null : waiting.poll();
        }

        void add(Obituary death) {
            if (waiting == null) {
                waiting = new ArrayDeque<>(0);
            }
            waiting.add(death);
        }

        void tell(Table<Pid, Link> peers, Obituary death) {
            told = death;
            peers.forEach(this);
        }

        @Override
        public void accept(Pid peer, Link link) {
            requireNonNull(told, "told").tellPeer(peer, this);
        }
    }

    private void tell(Cascade caused) {
        who.node.logEnd(who, exit.reason());
        who.abandon(exit.reason());
        settleEstate();
        tellCalls();
        tellPeers(linksToTell(), caused);
        tellMonitors();
        takeBackMonitors();
        who.node.died(who);
    }

    // Most have neither: then not even a lambda is made.

    private void tellCalls() {
        if (watchers != null) {
            Listed.forEach(watchers, this::tellIfCall);
        }
    }

    private void tellMonitors() {
        if (watchers != null) {
            Listed.empty(watchers, this::tellIfNoCall);
        }
    }

    private void takeBackMonitors() {
        if (monitors != null) {
            Listed.empty(monitors, made -> takeBack(made.monitor));
        }
    }

    private void tellIfCall(Watcher watcher) {
        if (watcher.isCall()) {
            watcher.gone(exit.reason());
        }
    }

    private void tellIfNoCall(Watcher watcher) {
        if (!watcher.isCall()) {
            watcher.gone(exit.reason());
        }
    }

    /** Who waited for a start has been told by now; a link that it makes since is to the dead. */
    private Table<Pid, Link> linksToTell() {
        return extras == null || extras.starter == null
                ? links
                : extras.starter.withoutParent(links);
    }

    private void tellPeers(Table<Pid, Link> peers, Cascade caused) {
        if (peers.size() > 0) {
            caused.tell(peers, this);
        }
    }

    private void tellPeer(Pid linked, Cascade caused) {
        if (linked == cause) {
            return;
        }
        var peer = LocalProcess.of(linked);
        var death = peer.receive(who, exit);
        if (death != null) {
            caused.add(death);
        }
    }

    private void takeBack(ProcessMonitor monitor) {
        if (monitor.target != null) {
            monitor.target.receive(who, new Signal.Demonitor(monitor));
        }
    }

    private void settleEstate() {
        if (who.admission != null && who.admission.room() != null) {
            who.admission.room().wakeAll();
        }
        if (extras == null) {
            return;
        }
        if (extras.name != null) {
            who.node.names().free(extras.name, who);
        }
        Listed.empty(extras.timers(), ProcessTimers.Timer::die);
        if (!extras.owned().isEmpty()) {
            who.node.closings().closeAll(who, extras.owned());
        }
        if (extras.starter != null) {
            tellStarter(extras.starter, extras);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a process and its starter agree on M
    private void tellStarter(Starter starter, Extras left) {
        starter.failed(who, exit.reason(), left);
    }
}
