package io.coppice.examples.incidents.log.kit;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.TimerRef;
import io.coppice.process.Exited;
import io.coppice.supervision.Backoff;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The sending end of a log, and its only writer. Whatever is stored is read back from the store to
 * be sent, whether it has just come or waited for a year: so what is replayed and what is new
 * cannot be mixed up. It is sent again when the line is new, when the receiver misses it, and when
 * there has been no news of it for a while.
 */
public final class Sender implements Actor<Sender.Message> {

    /** What it understands. */
    public sealed interface Message {

        /** Wants {@code body} to be delivered, if it can be within {@code patience}. */
        record Submit(String body, Optional<Duration> patience, ReplyTo<Receipt> replyTo)
                implements Message {}

        /** Makes void all that is not acknowledged, and stores {@code body} in its place. */
        record Supersede(String body, ReplyTo<Receipt> replyTo) implements Message {}

        /** There is a line. */
        record Attach(long epoch, ActorRef<Line.Message> line) implements Message {}

        /** Something has come over the line {@code epoch}. */
        record Arrived(long epoch, Frame.Upward frame) implements Message {}

        /** Somebody that it is linked to has ended. */
        record Ended(Exited exited) implements Message {}

        /** There has been no news for a while. */
        record ResendDue() implements Message {}
    }

    /**
     * How it sends.
     *
     * @param window how many entries may be under way; also the most that is read at once
     * @param backoff how long it waits for news until it sends again
     */
    public record Tuning(int window, Backoff backoff) {
        public Tuning {
            if (window < 1) {
                throw new IllegalArgumentException("window: " + window);
            }
        }
    }

    private final Context<Message> context;
    private final Key key;
    private final Store.Writer log;
    private final Ledger ledger;
    private final Tuning tuning;

    private Outbox outbox;
    private long epoch;
    private @Nullable ActorRef<Line.Message> line;
    private @Nullable TimerRef resend;

    /** The sender of {@code key}, which shuts out any before it. */
    public Sender(Context<Message> context, Key key, Store store, Ledger ledger, Tuning tuning) {
        this.context = context;
        this.key = key;
        this.log = store.open(key);
        this.ledger = ledger;
        this.tuning = tuning;
        this.outbox = Outbox.of(log.issued(), log.settled());
        context.trapExits(Message.Ended::new);
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Submit full when log.isFull() -> full.replyTo().send(new Receipt.Full());
            case Message.Submit(var body, var patience, var replyTo) ->
                    replyTo.send(store(body, patience));

            case Message.Supersede(var body, var replyTo) -> {
                long pointless = outbox.issued();
                var receipt = store(body, Optional.empty());
                forget(pointless, Fate.SUPERSEDED);
                replyTo.send(receipt);
            }

            case Message.Attach(var number, var newer) when number > epoch -> attach(number, newer);
            case Message.Attach late -> context.kill(late.line().pid());

            case Message.Ended(var exited) when isParent(exited) ->
                    throw context.stop(exited.reason());
            case Message.Ended(var exited) when isLine(exited) -> detach();
            case Message.Ended other -> {}

            case Message.Arrived late when late.epoch() != epoch -> ledger.count(Fate.ACK_STALE, 1);
            case Message.Arrived(var now, Frame.Ack(var whose, var upTo)) when whose.equals(key) ->
                    acknowledged(upTo);
            case Message.Arrived(var now, Frame.Nack(var whose, var from)) when whose.equals(key) ->
                    outbox = outbox.rewind(from - 1);
            case Message.Arrived stale -> ledger.count(Fate.ACK_STALE, 1);

            case Message.ResendDue() -> {
                resend = null;
                outbox = outbox.retry();
            }
        }
        pump();
    }

    /** Stores before anybody is told or anything is sent. */
    private Receipt store(String body, Optional<Duration> patience) {
        var next = outbox.issue();
        long now = context.node().clock().nanoTime();
        long expires = patience.map(it -> now + it.toNanos()).orElse(Entry.NEVER);
        log.append(new Entry(next.issued(), body, now, expires));
        outbox = next;
        ledger.count(Fate.STORED, 1);
        return new Receipt.Stored(next.issued());
    }

    private void acknowledged(long upTo) {
        switch (outbox.judge(upTo)) {
            case NEWS -> forget(upTo, Fate.SETTLED);
            case KNOWN -> {}
            case NEVER_ISSUED -> ledger.count(Fate.ACK_NEVER_ISSUED, 1);
        }
    }

    private void forget(long upTo, Fate fate) {
        log.settle(upTo);
        ledger.count(fate, upTo - outbox.settled());
        outbox = outbox.settle(upTo);
        disarm();
    }

    private void attach(long number, ActorRef<Line.Message> newer) {
        if (line != null) {
            context.kill(line.pid());
        }
        epoch = number;
        line = newer;
        outbox = outbox.reconnect();
        disarm();
    }

    private void detach() {
        line = null;
        disarm();
    }

    private boolean isParent(Exited exited) {
        return context.parent().filter(exited.from()::equals).isPresent();
    }

    private boolean isLine(Exited exited) {
        return line != null && exited.from().equals(line.pid());
    }

    /** Sends as much as may be under way, and sees to it that this is not the last of it. */
    private void pump() {
        if (line == null) {
            return;
        }
        var page = log.page(outbox.sent(), outbox.room(tuning.window()));
        if (!page.isEmpty()) {
            publish(line, page);
        }
        if (!outbox.isQuiet() && resend == null) {
            resend = context.timers().after(patience(), new Message.ResendDue());
        }
    }

    private void publish(ActorRef<Line.Message> over, List<Entry> page) {
        over.send(new Line.Message.Down(new Frame.Deliver(key, outbox.settled(), page)));
        ledger.batch(page.size());
        ledger.count(Fate.PUBLISHED, page.size());
        ledger.count(
                Fate.REPLAYED,
                page.stream().filter(entry -> entry.index() <= outbox.peak()).count());
        outbox = outbox.publish(page.getLast().index());
    }

    private Duration patience() {
        var longest = tuning.backoff().delay(outbox.attempts() + 1);
        double part = 1 - tuning.backoff().jitter() * context.node().chance().nextDouble();
        return Duration.ofNanos((long) (longest.toNanos() * part));
    }

    private void disarm() {
        if (resend != null) {
            resend.cancel();
            resend = null;
        }
    }
}
