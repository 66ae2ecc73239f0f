package io.coppice.actor;

/**
 * Is told what happens on a node, in the thread in which it happens: it must be short, and must not
 * wait. What it throws is logged. What happens because of it, in the same thread, is counted but
 * not told.
 */
@FunctionalInterface
public interface NodeListener {

    /** Called from many threads at once. */
    void on(NodeEvent event);
}
