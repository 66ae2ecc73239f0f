package io.coppice.testkit.laws;

import io.coppice.actor.Node;

/** The laws, on the threads of a node as it comes. */
class ThreadedNodeProperties extends LinkLaws {

    private static final Node NODE = Node.start();

    @Override
    protected Node node() {
        return NODE;
    }
}
