package io.coppice.examples.incidents.lanes;

import io.coppice.actor.Node;
import io.coppice.actor.NodeOptions;
import io.coppice.actor.ReplyTo;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Trees;
import io.coppice.examples.incidents.stage.Wait;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/** A hundred keys, of which one is stuck for ever. */
public final class HeadOfLine implements Incident {

    private static final int OTHERS = 99;

    @Override
    public Story story() {
        return Story.of("head-of-line", "One slow key holds up all others")
                .from("R9, M12; commands through one queue; maiko: Block on one topic")
                .elsewhere(
                        "All keys go through one loop, which waits for each to be done. One that"
                                + " blocks for ever is the last that is handled.")
                .here(
                        "A key is a process. One that blocks holds up itself; the scheduler puts"
                                + " another thread in the place of its own.");
    }

    private static Facts facts(long served) {
        return Facts.of("other keys served, of 99", served);
    }

    @Override
    public Facts right() {
        return facts(OTHERS);
    }

    @Override
    public Elsewhere elsewhere() {
        Queue<String> queue = new ArrayDeque<>(List.of("stuck"));
        for (int key = 0; key < OTHERS; key++) queue.add("fine");
        long served = 0;
        while (!queue.isEmpty() && queue.peek().equals("fine")) { // It never leaves the head.
            queue.poll();
            served++;
        }
        return Elsewhere.reenacted(facts(served));
    }

    @Override
    public Facts here() throws InterruptedException {
        var door = new CountDownLatch(1);
        var inside = new CountDownLatch(1);
        try (var node = Node.start(NodeOptions.defaults().withWorkers(1))) {
            var stuck =
                    node.<String>start(
                            context ->
                                    event -> {
                                        inside.countDown();
                                        door.await();
                                    });
            stuck.send("event");
            Wait.on(inside);
            long served = 0;
            for (int key = 0; key < OTHERS; key++) {
                var lane = node.<ReplyTo<Boolean>>start(context -> replyTo -> replyTo.send(true));
                boolean answered = Trees.<ReplyTo<Boolean>, Boolean>ask(lane, replyTo -> replyTo);
                if (answered) served++;
            }
            return facts(served);
        } finally {
            door.countDown();
        }
    }
}
