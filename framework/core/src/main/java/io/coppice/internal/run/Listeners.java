package io.coppice.internal.run;

import io.coppice.actor.NodeEvent;
import io.coppice.actor.NodeEvent.HighWater;
import io.coppice.actor.NodeListener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/** Those who are told what happens on a node. Theirs is user code, run as nobody's. */
final class Listeners {

    private static final Logger MAILBOX = LoggerFactory.getLogger("io.coppice.mailbox");

    /** What a listener causes is not told, or it could go on for ever. */
    private static final ThreadLocal<Boolean> TELLING = ThreadLocal.withInitial(() -> false);

    private final List<NodeListener> all;

    Listeners(List<NodeListener> all) {
        this.all = all;
    }

    /** Whether somebody wants to know. */
    boolean any() {
        return !all.isEmpty();
    }

    void tell(NodeEvent event) {
        if (event instanceof HighWater(var process, int waiting, var bound)) {
            MAILBOX.warn("{} messages wait at {}, which takes {}", waiting, process, bound);
        }
        if (all.isEmpty() || TELLING.get()) {
            return;
        }
        TELLING.set(true);
        try {
            Seat.vacated(() -> all.forEach(listener -> tell(listener, event)));
        } finally {
            TELLING.remove();
        }
    }

    private static void tell(NodeListener listener, NodeEvent event) {
        try {
            listener.on(event);
        } catch (Throwable thrown) {
            Reports.escaped(listener, thrown);
        }
    }
}
