package io.coppice.examples.kv.server;

import io.coppice.actor.Node;
import io.coppice.testkit.laws.LinkLaws;

import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.io.IOException;

/** The node of a server keeps the laws of links, beside the tree that runs on it. */
class KvNodeLinkLawsTest extends LinkLaws {

    private static ServerForATime server;

    @BeforeContainer
    static void start() throws IOException {
        server = new ServerForATime();
    }

    @AfterContainer
    static void stop() throws IOException {
        server.close();
    }

    @Override
    protected Node node() {
        return server.node();
    }
}
