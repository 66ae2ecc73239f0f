package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorRef;
import io.coppice.actor.CalleeEnded;
import io.coppice.actor.Fates.Refused;
import io.coppice.actor.Name;
import io.coppice.actor.NoSuchProcess;
import io.coppice.actor.Offer;
import io.coppice.actor.ReplyTo;
import io.coppice.internal.mailbox.Message;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Function;

/** Whoever has the name at the moment of use, or, where that is held, takes it next. */
final class NamedRef<M> implements ActorRef<M>, Askable {

    private final LocalNode node;
    private final Name<M> name;

    NamedRef(LocalNode node, Name<M> name) {
        this.node = node;
        this.name = name;
    }

    /** What became of a message for a name that nobody had. */
    private sealed interface Kept<M> {

        /** It waits. */
        record Waits<M>() implements Kept<M> {}

        /** It does not. */
        record Not<M>(Offer why) implements Kept<M> {}

        /** Somebody has the name by now, and is to be sent it. */
        record InHand<M>(LocalProcess<M> process) implements Kept<M> {}
    }

    private @Nullable LocalProcess<M> holder() {
        return node.names().holder(name);
    }

    @Override
    public void send(M message) {
        requireNonNull(message, "message");
        var holder = holder();
        if (holder != null) {
            holder.send(message);
            return;
        }
        switch (keep(message, null)) {
            case Kept.InHand<M>(var process) -> process.send(message);
            case Kept.Not<M>(var why) -> lose(message, why);
            case Kept.Waits<M> waits -> {}
        }
    }

    private void lose(M message, Offer why) {
        var sender = Seat.process();
        node.lost(message, name, sender, refusal(why));
    }

    private Refused refusal(Offer why) {
        return switch (why) {
            case Offer.Full full -> Refused.FULL;
            case Offer.Gated gated -> Refused.GATED;
            case Offer.Closed senderEnded -> Refused.SENDER_DEAD;
            default -> Refused.NO_SUCH_NAME;
        };
    }

    @Override
    public Offer offer(M message) {
        return offer(message, Duration.ZERO);
    }

    @Override
    public Offer offer(M message, Duration patience) {
        requireNonNull(message, "message");
        var holder = holder();
        if (holder != null) {
            return holder.offer(message, patience);
        }
        return switch (keep(message, null)) {
            case Kept.InHand<M>(var process) -> process.offer(message, patience);
            case Kept.Waits<M> waits -> Offer.ACCEPTED;
            case Kept.Not<M>(var why) -> {
                node.tally().refused(refusal(why));
                yield why;
            }
        };
    }

    /** Keeps a message for whoever takes the name, unless somebody has by now. */
    private Kept<M> keep(Object message, @Nullable PendingReply<?> pending) {
        Stack.requireRoom();
        var waiting = node.names().held(name.value());
        if (waiting == null) {
            boolean isShut = node.gate().isClosed() && Delivery.isOutside(Delivery.sender(node));
            return new Kept.Not<>(isShut ? Offer.GATED : Offer.NOT_OPEN);
        }
        var letter = new Held.Letter(new Message(message), pending);
        var sender = Delivery.sender(node);
        if (!Delivery.isOutside(sender)) {
            return keepInside(waiting, letter, requireNonNull(sender, "sender"));
        }
        if (!node.gate().enter()) {
            return new Kept.Not<>(Offer.GATED);
        }
        try {
            return keep(waiting, letter);
        } finally {
            node.gate().leave();
        }
    }

    /** A dead sender is not heard. */
    private Kept<M> keepInside(Held waiting, Held.Letter letter, LocalProcess<?> sender) {
        var kept = new ArrayList<Kept<M>>(1);
        return sender.whileAlive(() -> kept.add(keep(waiting, letter)))
                ? kept.getFirst()
                : new Kept.Not<>(new Offer.Closed(sender.reason()));
    }

    private Kept<M> keep(Held waiting, Held.Letter letter) {
        synchronized (waiting) {
            var holder = holder();
            if (holder != null) {
                return new Kept.InHand<>(holder);
            }
            var offer = waiting.keep(letter);
            return offer.isAccepted() ? new Kept.Waits<>() : new Kept.Not<>(offer);
        }
    }

    @Override
    public <R> R call(Function<ReplyTo<R>, ? extends M> request, Duration timeout) {
        var holder = holder();
        if (holder != null) {
            return holder.call(request, timeout);
        }
        node.requireNoZombie();
        if (node.names().held(name.value()) == null) {
            node.tally().refused(Refused.NO_SUCH_NAME);
            throw CalleeEnded.nobody(name);
        }
        return Calls.call(node, this, request, timeout);
    }

    @Override
    public void ask(PendingReply<?> pending, Object message, long nanos) {
        var holder = holder();
        if (holder != null) {
            holder.ask(pending, message, nanos);
            return;
        }
        switch (keep(message, pending)) {
            case Kept.InHand<M>(var process) -> process.ask(pending, message, nanos);
            case Kept.Not<M>(var why) -> {
                node.tally().refused(refusal(why));
                if (why instanceof Offer.NotOpen) {
                    pending.gone(ExitReason.NO_PROCESS);
                } else {
                    pending.refused(why);
                }
            }
            case Kept.Waits<M> waits -> {}
        }
    }

    @Override
    public Pid pid() {
        var holder = holder();
        if (holder == null) {
            throw new NoSuchProcess("nobody has the name " + name);
        }
        return holder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedRef<?> that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
