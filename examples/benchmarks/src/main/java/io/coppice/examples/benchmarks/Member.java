package io.coppice.examples.benchmarks;

import static java.time.Duration.ofMillis;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.CallFailure;
import io.coppice.actor.Context;
import io.coppice.actor.MailboxBound;
import io.coppice.actor.NoSuchProcess;
import io.coppice.actor.Overflow;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.Exited;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process of the soak, actor or program: at each tick it does something at random. */
final class Member implements Actor<Note> {

    private static final int PINGS = 8;
    private static final int MOST_MONITORS = 3;
    private static final int CAPACITY = 64;
    private static final Duration PATIENCE = ofMillis(500);
    private static final Duration SHORT = ofMillis(50);
    private static final long BRIEF_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final Overflow[] OVERFLOWS = {Overflow.DROP_NEWEST, Overflow.DROP_OLDEST};

    private final Context<Note> context;
    private final Ground ground;
    private final ActorRef<Note> scribe;
    private final Deque<MonitorRef> monitors = new ArrayDeque<>();
    private @Nullable Pid linked;

    /** Traps exits, or does not; has a helper of its own, whose mailbox is bounded. */
    Member(Context<Note> context, Ground ground) {
        this.context = context;
        this.ground = ground;
        ground.enter(context);
        if (oneIn(2)) {
            context.trapExits(Note.Ended::new);
        }
        ActorFactory<Note> writing = own -> new Scribe(own, ground);
        var overflow = OVERFLOWS[ThreadLocalRandom.current().nextInt(OVERFLOWS.length)];
        this.scribe =
                context.spawnLinked(
                        writing,
                        SpawnOptions.<Note>defaults()
                                .withLabel("scribe")
                                .withMailbox(MailboxBound.bounded(CAPACITY, overflow)));
    }

    /** For an actor: it is told when to act. */
    Member ticking() {
        context.timers().every(Ground.TICK, new Note.Tick());
        return this;
    }

    @Override
    public void receive(Note note) {
        switch (note) {
            case Note.Tick() when ground.isBusy() -> act();
            case Note.Tick() -> letGo();
            case Note.Ping() -> work();
            case Note.Ask(var replyTo) -> replyTo.send(1);
            case Note.Ended(var exited) -> hear(exited);
            case Note.News(var what) -> {}
        }
    }

    /** One that traps must end with its parent itself, and with its helper. */
    private void hear(Exited exited) {
        boolean isParent = context.parent().filter(exited.from()::equals).isPresent();
        if (isParent || exited.from() == scribe.pid()) {
            throw context.stop(exited.reason());
        }
    }

    private void act() {
        for (int i = 0; i < PINGS; i++) {
            registered().send(new Note.Ping());
            scribe.send(new Note.Ping());
        }
        switch (ThreadLocalRandom.current().nextInt(6)) {
            case 0 -> context.request(registered(), Note.Ask::new, PATIENCE, Note.News::new);
            case 1 -> call();
            case 2 -> monitor();
            case 3 -> link();
            case 4 -> context.timers().after(SHORT, new Note.Ping());
            default -> context.timers().after(SHORT, new Note.Ping()).cancel();
        }
    }

    private ActorRef<Note> registered() {
        return context.node().registry().ref(Ground.anyMember());
    }

    private void call() {
        try {
            scribe.call(Note.Ask::new, PATIENCE);
        } catch (CallFailure unlucky) {
            // it happens when everybody is being killed
        }
    }

    private void monitor() {
        monitors.add(context.monitor(Ground.anyMember(), Note.News::new));
        if (monitors.size() > MOST_MONITORS) {
            context.demonitorAndFlush(monitors.remove());
        }
    }

    private void link() {
        unlink();
        Ground.pid(context.node(), Ground.anyMember()).ifPresent(this::link);
    }

    private void link(Pid peer) {
        try {
            context.link(peer);
            linked = peer;
        } catch (NoSuchProcess gone) {
            // it has just been killed
        }
    }

    private void unlink() {
        var peer = linked;
        linked = null;
        if (peer != null) {
            context.unlinkAndFlush(peer);
        }
    }

    private void letGo() {
        unlink();
        while (!monitors.isEmpty()) {
            context.demonitor(monitors.remove());
        }
    }

    /** Mostly nothing; sometimes it computes, or blocks, and seldom it will not be interrupted. */
    private static void work() {
        if (oneIn(200)) {
            spin(BRIEF_NANOS);
        } else if (oneIn(500)) {
            LockSupport.parkNanos(LONG_NANOS);
        } else if (oneIn(2_000)) {
            spin(LONG_NANOS);
        }
    }

    private static void spin(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private static boolean oneIn(int many) {
        return ThreadLocalRandom.current().nextInt(many) == 0;
    }

    /** Takes note. */
    private record Scribe(Context<Note> context, Ground ground) implements Actor<Note> {
        Scribe {
            ground.enter(context);
        }

        @Override
        public void receive(Note note) {
            if (note instanceof Note.Ask(var replyTo)) {
                replyTo.send(1);
            }
            work();
        }
    }
}
