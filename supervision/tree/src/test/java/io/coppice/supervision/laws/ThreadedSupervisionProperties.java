package io.coppice.supervision.laws;

import io.coppice.actor.Node;

import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The laws of supervision, on the threads of a node as it comes. */
class ThreadedSupervisionProperties extends SupervisionLaws {

    private static final Node NODE = Node.start();

    @Override
    protected Node node() {
        return NODE;
    }

    @BeforeContainer
    static void nobody_reads_of_a_thousand_failures() {
        Log.beQuiet(true);
    }

    @AfterContainer
    static void others_do() {
        Log.beQuiet(false);
    }
}
