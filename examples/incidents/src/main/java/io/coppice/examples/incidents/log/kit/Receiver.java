package io.coppice.examples.incidents.log.kit;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.TimerRef;
import io.coppice.process.Exited;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;

/**
 * The receiving end of a log: applies each entry once and in order, and acknowledges what will
 * survive. What comes twice, too late, over an old line or for an old incarnation is counted.
 */
public final class Receiver implements Actor<Receiver.Message> {

    /** What it understands. */
    public sealed interface Message {

        /** There is a line. */
        record Attach(long epoch, ActorRef<Line.Message> line) implements Message {}

        /** Something has come over the line {@code epoch}. */
        record Arrived(long epoch, Frame.Deliver frame) implements Message {}

        /** Somebody that it is linked to has ended. */
        record Ended(Exited exited) implements Message {}

        /** It is time to acknowledge. */
        record AckDue() implements Message {}
    }

    /**
     * How it receives.
     *
     * @param window how far ahead of its turn an entry may come and be kept
     */
    public record Tuning(int window, Acks acks) {
        public Tuning {
            if (window < 1) {
                throw new IllegalArgumentException("window: " + window);
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    private final Context<Message> context;
    private final Key key;
    private final Journal.Writer journal;
    private final Ledger ledger;
    private final Tuning tuning;

    private Inbox inbox;
    private Acks.Owed owed = Acks.Owed.NOTHING;
    private long missed;
    private long epoch;
    private @Nullable ActorRef<Line.Message> line;
    private @Nullable TimerRef ackDue;

    /** The receiver of {@code key}, which shuts out any before it. */
    public Receiver(
            Context<Message> context, Key key, Journal journal, Ledger ledger, Tuning tuning) {
        this.context = context;
        this.key = key;
        this.journal = journal.open(key);
        this.ledger = ledger;
        this.tuning = tuning;
        this.inbox = Inbox.of(this.journal.done());
        context.trapExits(Message.Ended::new);
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Attach(var number, var newer) when number > epoch -> attach(number, newer);
            case Message.Attach late -> context.kill(late.line().pid());

            case Message.Ended(var exited) when isParent(exited) ->
                    throw context.stop(exited.reason());
            case Message.Ended(var exited) when isLine(exited) -> line = null;
            case Message.Ended other -> {}

            case Message.Arrived late when late.epoch() != epoch ->
                    refuse(late.frame(), Fate.FENCED);
            case Message.Arrived stale when !stale.frame().key().equals(key) ->
                    refuse(stale.frame(), Fate.STALE_INCARNATION);
            case Message.Arrived fresh -> arrived(fresh.frame());

            case Message.AckDue() -> acknowledge();
        }
    }

    private void refuse(Frame.Deliver frame, Fate fate) {
        LOG.warn(
                "{}: {} entries of {} are dropped: {}",
                key,
                frame.entries().size(),
                frame.key(),
                fate);
        ledger.count(Fate.ARRIVED, frame.entries().size());
        ledger.count(fate, frame.entries().size());
    }

    private void arrived(Frame.Deliver frame) {
        ledger.count(Fate.ARRIVED, frame.entries().size());
        if (frame.settled() > journal.done()) {
            journal.skip(frame.settled());
        }
        take(inbox.settle(frame.settled()));
        for (var entry : frame.entries()) {
            take(inbox.arrive(entry, tuning.window()));
        }
        missGap();
        owe(frame.entries().size());
    }

    private void take(Inbox.Arrival arrival) {
        inbox = arrival.inbox();
        arrival.dropped().forEach(fate -> ledger.count(fate, 1));
        apply(arrival.ready());
    }

    private void apply(Collection<Entry> ready) {
        long now = context.node().clock().nanoTime();
        for (var entry : ready) {
            if (entry.isExpired(now)) {
                journal.skip(entry.index());
                ledger.count(Fate.EXPIRED, 1);
            } else {
                journal.apply(entry);
                ledger.count(Fate.APPLIED, 1);
                ledger.took(now - entry.storedNanos());
            }
        }
    }

    /** Asks once for what is missing; if that is lost, the sender will not wait for ever. */
    private void missGap() {
        if (inbox.hasGap() && missed != inbox.done() + 1) {
            missed = inbox.done() + 1;
            say(new Frame.Nack(key, missed));
        }
    }

    /** Duplicates are owed an answer too: the one to the first may have been lost. */
    private void owe(int entries) {
        owed = owed.plus(entries, context.node().clock().nanoTime());
        if (tuning.acks().isDue(owed)) {
            acknowledge();
        } else {
            disarm();
            ackDue = context.timers().after(tuning.acks().patience(owed), new Message.AckDue());
        }
    }

    /** Says what the journal says: what is durable, and nothing more. */
    private void acknowledge() {
        disarm();
        owed = Acks.Owed.NOTHING;
        say(new Frame.Ack(key, journal.done()));
    }

    private void say(Frame.Upward frame) {
        if (line != null) {
            line.send(new Line.Message.Up(frame));
        }
    }

    private void attach(long number, ActorRef<Line.Message> newer) {
        if (line != null) {
            context.kill(line.pid());
        }
        epoch = number;
        line = newer;
        missed = 0;
        acknowledge();
    }

    private boolean isParent(Exited exited) {
        return context.parent().filter(exited.from()::equals).isPresent();
    }

    private boolean isLine(Exited exited) {
        return line != null && exited.from().equals(line.pid());
    }

    private void disarm() {
        if (ackDue != null) {
            ackDue.cancel();
            ackDue = null;
        }
    }
}
