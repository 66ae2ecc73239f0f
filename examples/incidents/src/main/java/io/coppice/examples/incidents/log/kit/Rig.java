package io.coppice.examples.incidents.log.kit;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.supervision.Backoff;
import io.coppice.supervision.Supervisor;

import java.time.Duration;
import java.util.Optional;

/**
 * A whole log: its two ends and who keeps them connected, as a tree; and what outlives them.
 *
 * @param key whose log it is
 * @param store what the sender keeps durably
 * @param journal what the receiver does
 * @param ledger what became of everything
 * @param trouble what the lines do to frames
 * @param sending how the sender sends
 * @param receiving how the receiver receives
 */
public record Rig(
        Key key,
        Store store,
        Journal journal,
        Ledger ledger,
        Trouble trouble,
        Sender.Tuning sending,
        Receiver.Tuning receiving) {

    private static final int CAPACITY = 100_000;
    private static final int WINDOW = 32;
    private static final Duration PATIENCE = ofSeconds(5);

    /** A log of the first incarnation of {@code worker}, all new, over lines without trouble. */
    public static Rig fresh() {
        return new Rig(
                new Key("worker", 1),
                new Store(CAPACITY),
                new Journal(),
                new Ledger(),
                Trouble.NONE,
                new Sender.Tuning(WINDOW, Backoff.exponential(ofMillis(100), ofSeconds(2))),
                new Receiver.Tuning(WINDOW, new Acks(8, ofMillis(50), ofMillis(20))));
    }

    /** This log over lines with {@code trouble}. */
    public Rig with(Trouble trouble) {
        return new Rig(key, store, journal, ledger, trouble, sending, receiving);
    }

    /** This log with other times of acknowledgement. */
    public Rig with(Acks acks) {
        var tuning = new Receiver.Tuning(receiving.window(), acks);
        return new Rig(key, store, journal, ledger, trouble, sending, tuning);
    }

    /** This log with another store. */
    public Rig with(Store store) {
        return new Rig(key, store, journal, ledger, trouble, sending, receiving);
    }

    /** This log with another journal: its receiver is somewhere else. */
    public Rig with(Journal journal) {
        return new Rig(key, store, journal, ledger, trouble, sending, receiving);
    }

    /** The log of {@code key}, with the same store and journal. */
    public Rig of(Key key) {
        return new Rig(key, store, journal, ledger, trouble, sending, receiving);
    }

    /** All three as one tree. */
    public Supervisor tree() {
        return supervisor("log", ONE_FOR_ONE)
                .restarts(1_000, ofSeconds(1))
                .children(
                        worker("receiver", this::receiver).name(receiverName()),
                        worker("sender", this::sender).name(senderName()),
                        worker("dialer", this::dialer));
    }

    /** A sender of this log. */
    public Sender sender(Context<Sender.Message> context) {
        return new Sender(context, key, store, ledger, sending);
    }

    /** A receiver of this log. */
    public Receiver receiver(Context<Receiver.Message> context) {
        return new Receiver(context, key, journal, ledger, receiving);
    }

    /** One who connects them. */
    public Dialer dialer(Context<Dialer.Message> context) {
        return new Dialer(context, store, senderName(), receiverName(), trouble);
    }

    /** Starts the sender alone, under its name. */
    public ActorRef<Sender.Message> startSender(Node node) {
        return node.start(
                this::sender, SpawnOptions.<Sender.Message>defaults().withName(senderName()));
    }

    /** Starts the receiver alone, under its name. */
    public ActorRef<Receiver.Message> startReceiver(Node node) {
        return node.start(
                this::receiver, SpawnOptions.<Receiver.Message>defaults().withName(receiverName()));
    }

    /** A line, which nobody replaces when it ends. */
    public static ActorRef<Line.Message> connect(
            Node node,
            long epoch,
            ActorRef<Sender.Message> sender,
            ActorRef<Receiver.Message> receiver) {
        var ends = new Line.Ends(epoch, sender, receiver);
        return node.spawn(
                context -> new Line(context, ends, Trouble.NONE),
                SpawnOptions.<Line.Message>defaults().withLabel("line-" + epoch));
    }

    /** By which the sender is found. */
    public Name<Sender.Message> senderName() {
        return Name.of("sender-of-" + key);
    }

    /** By which the receiver is found. */
    public Name<Receiver.Message> receiverName() {
        return Name.of("receiver-of-" + key);
    }

    /** Stores {@code body}, and waits for the receipt. */
    public Receipt submit(Node node, String body) {
        return submit(node, body, Optional.empty());
    }

    /** Stores {@code body}, to be applied within {@code patience}. */
    public Receipt submit(Node node, String body, Optional<Duration> patience) {
        return reach(node)
                .call(replyTo -> new Sender.Message.Submit(body, patience, replyTo), PATIENCE);
    }

    /** Has {@code body} stored, and waits for nothing. */
    public void post(Node node, String body) {
        reach(node).send(new Sender.Message.Submit(body, Optional.empty(), receipt -> {}));
    }

    private ActorRef<Sender.Message> reach(Node node) {
        return node.registry().ref(senderName());
    }
}
