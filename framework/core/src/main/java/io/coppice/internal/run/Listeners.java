package io.coppice.internal.run;

import io.coppice.actor.NodeEvent;
import io.coppice.actor.NodeListener;

import java.util.List;

/** Those who are told what happens on a node. Theirs is user code, run as nobody's. */
final class Listeners {

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
