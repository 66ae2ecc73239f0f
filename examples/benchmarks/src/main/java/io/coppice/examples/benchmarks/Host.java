package io.coppice.examples.benchmarks;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.supervision.ChildStart;
import io.coppice.supervision.DynamicSupervisor;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Has guests started all the time. */
final class Host implements Actor<Note> {

    private static final int AT_A_TIME = 8;
    private static final Duration PATIENCE = ofSeconds(1);

    private final Context<Note> context;
    private final Ground ground;

    Host(Context<Note> context, Ground ground) {
        this.context = context;
        this.ground = ground;
        ground.enter(context);
        context.timers().every(Ground.TICK, new Note.Tick());
    }

    @Override
    public void receive(Note note) {
        if (note instanceof Note.Tick && ground.isBusy()) {
            for (int i = 0; i < AT_A_TIME; i++) {
                invite(ThreadLocalRandom.current().nextInt(Ground.GUEST_NAMES));
            }
        }
    }

    private void invite(int number) {
        context.<DynamicSupervisor.Message<Integer, Note>, ChildStart<Note>>request(
                context.node().registry().ref(Ground.POOL),
                replyTo -> new DynamicSupervisor.Message.StartChild<>(number, replyTo),
                PATIENCE,
                Note.News::new);
    }
}
