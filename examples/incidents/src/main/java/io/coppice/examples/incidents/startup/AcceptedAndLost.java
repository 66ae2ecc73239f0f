package io.coppice.examples.incidents.startup;

import static io.coppice.examples.incidents.stage.Victims.BOOM;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Fates;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Messages to a process that ends in their midst. */
public final class AcceptedAndLost implements Incident {

    private static final int MESSAGES = 10_000;

    @Override
    public Story story() {
        return Story.of("accepted-and-lost", "A message is reported as sent, and is nowhere")
                .from("W7; W, gap 7: Addr::send")
                .elsewhere(
                        "send() looks whether the mailbox is closed, then sends and throws the"
                            + " result away. If it is closed in between, the message is lost and"
                            + " the sender told that all is well.")
                .here(
                        "Every message meets one fate, and fates are counted: handled, dropped or"
                                + " refused, and why.");
    }

    private static Facts facts(long unknown, boolean balanced) {
        return Facts.of("messages without a fate, of 10,000", unknown)
                .and("accepted = handled + dropped", balanced);
    }

    @Override
    public Facts right() {
        return facts(0, true);
    }

    @Override
    public Elsewhere elsewhere() {
        List<Integer> mailbox = new ArrayList<>();
        boolean isClosed = false;
        long refused = 0;
        for (int message = 0; message < MESSAGES; message++) {
            if (isClosed) {
                refused++;
                continue;
            }
            isClosed = message == MESSAGES / 2; // It ends between the look and the send.
            if (!isClosed) mailbox.add(message);
        }
        long unknown = MESSAGES - refused - mailbox.size();
        return Elsewhere.reenacted(facts(unknown, unknown == 0));
    }

    @Override
    public Facts here() {
        var handled = new AtomicLong();
        try (var node = Node.start()) {
            ActorFactory<Integer> mortal =
                    context ->
                            message -> {
                                handled.incrementAndGet();
                                if (message == MESSAGES / 2) throw context.stop(BOOM);
                            };
            var ref = node.start(mortal);
            for (int message = 0; message < MESSAGES; message++) ref.send(message);
            Wait.untilQuiet(node);
            var fates = node.fates();
            long dropped = fates.dropped().getOrDefault(Fates.Dropped.RECEIVER_ENDED, 0L);
            long refused = fates.refused().getOrDefault(Fates.Refused.RECEIVER_DEAD, 0L);
            long unknown = MESSAGES - handled.get() - dropped - refused;
            return facts(unknown, fates.isBalanced());
        }
    }
}
