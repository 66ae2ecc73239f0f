package io.coppice.examples.benchmarks;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.process.ExitReason;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Stays for a while under a name, unless that is taken, and talks to members. */
final class Guest implements Actor<Note> {

    private static final int SHORTEST_STAY = 5;
    private static final int LONGEST_STAY = 50;

    private final Context<Note> context;
    private int ticksLeft = ThreadLocalRandom.current().nextInt(SHORTEST_STAY, LONGEST_STAY);

    Guest(Context<Note> context, Ground ground, int number) {
        this.context = context;
        var name = Ground.guestName(number);
        if (context.node().registry().lookup(name).isPresent()) {
            throw context.ignore();
        }
        context.node().registry().register(name, context.self());
        ground.enter(context);
        context.timers().every(Ground.TICK, new Note.Tick());
    }

    @Override
    public void receive(Note note) {
        if (note instanceof Note.Tick) {
            context.node()
                    .registry()
                    .ref(Ground.anyMember())
                    .call(Note.Ask::new, Duration.ofSeconds(1));
            if (--ticksLeft == 0) {
                throw context.stop(ExitReason.NORMAL);
            }
        }
    }
}
