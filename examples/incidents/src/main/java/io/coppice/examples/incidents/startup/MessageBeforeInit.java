package io.coppice.examples.incidents.startup;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Messages that arrive while an actor is still in its init. */
public final class MessageBeforeInit implements Incident {

    private static final int MESSAGES = 1_000;

    @Override
    public Story story() {
        return Story.of(
                        "message-before-init",
                        "Messages meet an actor that does not know its role yet")
                .from("W1; a chat worker whose spawn returns at once")
                .elsewhere(
                        "spawn returns at once, and started() runs some time. A drain that was"
                                + " started in between hands over what was buffered: to an actor"
                                + " whose role is not set.")
                .here(
                        "The constructor is init. Its mailbox takes messages meanwhile and delivers"
                                + " none; there is no object yet that could receive one.");
    }

    private static Facts facts(long early, long handled) {
        return Facts.of("messages that met no role, of 1,000", early)
                .and("messages handled", handled);
    }

    @Override
    public Facts right() {
        return facts(0, MESSAGES);
    }

    @Override
    public Elsewhere elsewhere() {
        Optional<String> role = Optional.empty();
        long early = 0;
        for (int message = 0; message < MESSAGES; message++) { // The drain is faster,
            if (role.isEmpty()) early++;
        }
        role = Optional.of("host"); // than started().
        return Elsewhere.reenacted(facts(early, role.isPresent() ? MESSAGES : 0));
    }

    @Override
    public Facts here() throws InterruptedException {
        var door = new CountDownLatch(1);
        var hasRole = new AtomicBoolean();
        var early = new AtomicInteger();
        var handled = new AtomicInteger();
        try (var node = Node.start()) {
            ActorFactory<String> state =
                    context -> {
                        Wait.on(door); // Init takes its time.
                        hasRole.set(true);
                        return message -> {
                            handled.incrementAndGet();
                            if (!hasRole.get()) early.incrementAndGet();
                        };
                    };
            var ref = node.spawn(state);
            for (int message = 0; message < MESSAGES; message++) ref.send("event");
            early.addAndGet(handled.get());
            door.countDown();
            Wait.untilQuiet(node);
            return facts(early.get(), handled.get());
        }
    }
}
