package io.coppice.examples.incidents.log.kit;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.Exited;

import java.time.Duration;
import java.util.Optional;

/** Sees to it that there is a line between two ends whenever both are there. */
public final class Dialer implements Actor<Dialer.Message> {

    /** What it understands. */
    public sealed interface Message {

        /** Tries. */
        record Dial() implements Message {}

        /** Somebody that it is linked to has ended. */
        record Ended(Exited exited) implements Message {}
    }

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Context<Message> context;
    private final Store store;
    private final Name<Sender.Message> sender;
    private final Name<Receiver.Message> receiver;
    private final Trouble trouble;

    /** One whose lines have {@code trouble}. */
    public Dialer(
            Context<Message> context,
            Store store,
            Name<Sender.Message> sender,
            Name<Receiver.Message> receiver,
            Trouble trouble) {
        this.context = context;
        this.store = store;
        this.sender = sender;
        this.receiver = receiver;
        this.trouble = trouble;
        context.trapExits(Message.Ended::new);
    }

    @Override
    public void opened() {
        dial();
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Dial() -> dial();
            case Message.Ended(var exited) when isParent(exited) ->
                    throw context.stop(exited.reason());
            case Message.Ended other -> again();
        }
    }

    private void dial() {
        var from = context.node().registry().lookup(sender);
        var to = context.node().registry().lookup(receiver);
        if (from.isPresent() && to.isPresent()) {
            connect(from.orElseThrow(), to.orElseThrow());
        } else {
            again();
        }
    }

    private void connect(ActorRef<Sender.Message> from, ActorRef<Receiver.Message> to) {
        var ends = new Line.Ends(store.nextEpoch(), from, to);
        context.spawnLinked(
                line -> new Line(line, ends, trouble),
                SpawnOptions.<Line.Message>defaults().withLabel("line"));
    }

    private void again() {
        context.timers().after(PAUSE, new Message.Dial());
    }

    private boolean isParent(Exited exited) {
        return Optional.of(exited.from()).equals(context.parent());
    }
}
