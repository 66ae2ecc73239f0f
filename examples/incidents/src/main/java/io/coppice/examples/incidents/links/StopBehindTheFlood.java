package io.coppice.examples.incidents.links;

import static io.coppice.examples.incidents.stage.Trees.pid;
import static io.coppice.process.ExitReason.SHUTDOWN;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.Pid;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An order to end that comes after a hundred thousand messages. */
public final class StopBehindTheFlood implements Incident {

    private static final int FLOOD = 100_000;

    @Override
    public Story story() {
        return Story.of("stop-behind-the-flood", "A busy actor never sees that it is to stop")
                .from("W8, R17; a worker that drains all there is before it looks")
                .elsewhere(
                        "The loop takes all messages that are there before it looks at the stop"
                                + " flag. Under steady load there are always some.")
                .here(
                        "Exits and kills do not queue behind messages: they act when they arrive,"
                                + " on a handler that is running too.");
    }

    private static Facts facts(long afterExit, long afterKill) {
        return Facts.of("messages handled after the order to end", afterExit)
                .and("messages handled after a kill", afterKill);
    }

    @Override
    public Facts right() {
        return facts(0, 0);
    }

    @Override
    public Elsewhere elsewhere() {
        var mailbox = new ArrayDeque<>(Collections.nCopies(FLOOD, "message"));
        boolean stop = true; // Set while the first message is handled.
        long handled = 0;
        do {
            for (; !mailbox.isEmpty(); mailbox.poll()) handled++;
        } while (!stop);
        return Elsewhere.reenacted(facts(handled, handled));
    }

    @Override
    public Facts here() throws InterruptedException {
        try (var node = Node.start()) {
            return facts(
                    handledAfter(node, pid -> node.exit(pid, SHUTDOWN)),
                    handledAfter(node, node::kill));
        }
    }

    private static long handledAfter(Node node, Consumer<Pid> order) throws InterruptedException {
        var handled = new AtomicInteger();
        var inFirst = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var busy =
                node.<Integer>start(
                        context ->
                                message -> {
                                    handled.incrementAndGet();
                                    inFirst.countDown();
                                    if (message == 0) never.await();
                                });
        for (int i = 0; i < FLOOD; i++) busy.send(i);
        Wait.on(inFirst);
        order.accept(busy.pid());
        Wait.of(node.ended(busy.pid()));
        Wait.untilQuiet(node);
        return handled.get() - 1L;
    }
}
