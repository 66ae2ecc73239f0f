package io.coppice.examples.incidents.log.kit;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.TimerRef;
import io.coppice.process.Pid;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/**
 * Sees to one worker, wherever it runs. One that has not been connected for too long is lost: its
 * incarnation is over, and all that is left for it is an order to stop, in case it lives after all.
 * The next incarnation has a log of its own.
 */
public final class Keeper implements Actor<Keeper.Message> {

    /** What it understands. */
    public sealed interface Message {

        /** The worker is connected by {@code line}. */
        record Connected(Pid line) implements Message {}

        /** A line of the worker's is gone. */
        record Gone(Pid line) implements Message {}

        /** It has been away for too long. */
        record Lost() implements Message {}
    }

    private final Context<Message> context;
    private final Duration lostAfter;
    private Rig rig;
    private ActorRef<Sender.Message> sender;
    private @Nullable Pid line;
    private @Nullable TimerRef lost;

    /** One who keeps the worker of {@code rig}, which is told to start at once. */
    public Keeper(Context<Message> context, Rig rig, Duration lostAfter) {
        this.context = context;
        this.lostAfter = lostAfter;
        this.rig = rig;
        this.sender = begin(rig);
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Connected(var newer) -> {
                line = newer;
                context.monitor(newer, down -> new Message.Gone(newer));
                forgive();
            }
            case Message.Gone(var gone) when gone.equals(line) ->
                    lost = context.timers().after(lostAfter, new Message.Lost());
            case Message.Gone older -> {}
            case Message.Lost() -> {
                lost = null;
                sender.send(new Sender.Message.Supersede("stop", receipt -> {}));
                rig = rig.of(rig.key().next());
                sender = begin(rig);
            }
        }
    }

    private ActorRef<Sender.Message> begin(Rig of) {
        var options = SpawnOptions.<Sender.Message>defaults().withName(of.senderName());
        var begun = context.spawnLinked(of::sender, options);
        begun.send(new Sender.Message.Submit("start", Optional.empty(), receipt -> {}));
        return begun;
    }

    private void forgive() {
        if (lost != null) {
            lost.cancel();
            lost = null;
        }
    }
}
