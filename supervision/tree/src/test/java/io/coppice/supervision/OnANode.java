package io.coppice.supervision;

import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.supervision.Journal.Order;
import io.coppice.supervision.Supervisor.Message;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What tests on a real node have in common. */
@Timeout(60)
abstract class OnANode {

    static final Duration SOON = ofSeconds(10);
    static final ExitReason BOOM = ExitReason.custom("boom");

    final Node node = Node.start();
    final Journal journal = new Journal();

    @AfterEach
    void closeNode() {
        node.close();
    }

    ActorRef<Message> start(Strategy strategy, ChildSpec<?>... children) {
        return start(supervisor("top", strategy).restarts(5, ofSeconds(60)).children(children));
    }

    ActorRef<Message> start(Supervisor tree) {
        return node.start(tree, SpawnOptions.defaults());
    }

    void order(String id, Order order) {
        Journal.ref(node, id).send(order);
    }

    static ExitReason reasonOf(CompletableFuture<ExitReason> end) {
        return end.orTimeout(10, TimeUnit.SECONDS).join();
    }

    static List<ChildInfo> which(ActorRef<Message> supervisor) {
        return supervisor.call(Message.WhichChildren::new, SOON);
    }

    /** Ends with the process: a kill interrupts its thread. */
    static void awaitUntilKilled(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes on even when its process has been killed. */
    static void awaitStubbornly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException killed) {
                // what a bad citizen does
            }
        }
    }
}
