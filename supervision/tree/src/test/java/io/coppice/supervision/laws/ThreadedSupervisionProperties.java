package io.coppice.supervision.laws;

import io.coppice.actor.Node;

/** The laws of supervision, on the threads of a node as it comes. */
class ThreadedSupervisionProperties extends SupervisionLaws {

    private static final Node NODE = Node.start();

    @Override
    protected Node node() {
        return NODE;
    }
}
