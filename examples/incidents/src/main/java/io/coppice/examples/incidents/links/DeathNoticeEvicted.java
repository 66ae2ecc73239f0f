package io.coppice.examples.incidents.links;

import static io.coppice.actor.MailboxBound.bounded;

import io.coppice.actor.Node;
import io.coppice.actor.Overflow;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.Down;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/** A death, and then more messages than there is room for. */
public final class DeathNoticeEvicted implements Incident {

    private static final int CAPACITY = 4;
    private static final int MESSAGES = 50;

    @Override
    public Story story() {
        return Story.of("death-notice-evicted", "A full mailbox throws away the news of a death")
                .from("L18; actor-ts#729, #1148")
                .elsewhere(
                        "The notice of a watched death waits among the messages, and is the oldest"
                                + " when the mailbox overflows. The watcher never hears of it.")
                .here(
                        "A bound is for messages. Exits and downs get in, stay in, and keep their"
                                + " place; a kill does not even wait there.");
    }

    private static Facts facts(boolean heard, long kept) {
        return Facts.of("the watcher hears of the death", heard).and("messages kept", kept);
    }

    @Override
    public Facts right() {
        return facts(true, CAPACITY);
    }

    @Override
    public Elsewhere elsewhere() {
        Queue<String> mailbox = new ArrayDeque<>();
        mailbox.add("down");
        for (int i = 0; i < MESSAGES; i++) {
            if (mailbox.size() == CAPACITY) mailbox.remove(); // drop-head
            mailbox.add("message");
        }
        boolean heard = mailbox.remove("down");
        return Elsewhere.reenacted(facts(heard, mailbox.size()));
    }

    @Override
    public Facts here() throws InterruptedException {
        var door = new CountDownLatch(1);
        var inside = new CountDownLatch(1);
        var options =
                SpawnOptions.<Object>defaults()
                        .withMailbox(bounded(CAPACITY, Overflow.DROP_OLDEST));
        try (var node = Node.start()) {
            var watcher = Puppet.start(node, options);
            var victim = Puppet.start(node);
            watcher.does(context -> context.monitor(victim.pid(), down -> down));
            watcher.tell(
                    context -> {
                        inside.countDown();
                        Wait.on(door);
                    });
            Wait.on(inside);
            node.kill(victim.pid());
            victim.end();
            for (int i = 0; i < MESSAGES; i++) watcher.ref().send("message");
            door.countDown();
            Wait.untilQuiet(node);
            var heard = watcher.heard();
            long notices = heard.stream().filter(Down.class::isInstance).count();
            return facts(notices == 1, heard.size() - notices);
        }
    }
}
