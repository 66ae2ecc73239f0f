package io.coppice.examples.incidents.log.kit;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;

import java.util.EnumMap;
import java.util.Map;

/**
 * One connection, which is a process linked to both of its ends. It ends with either, and either
 * hears of its end: there is no connection that only one end believes in.
 */
public final class Line implements Actor<Line.Message> {

    /** What a line carries, and what it has been carrying for a while. */
    public sealed interface Message {

        /** From the sender to the receiver. */
        record Down(Frame.Deliver frame) implements Message {}

        /** From the receiver to the sender. */
        record Up(Frame.Upward frame) implements Message {}

        /** Comes out now. */
        record Out(Frame frame) implements Message {}
    }

    private enum Way {
        DOWN,
        UP
    }

    /**
     * What a line is between.
     *
     * @param epoch a later line between the same two has a greater one
     */
    record Ends(long epoch, ActorRef<Sender.Message> sender, ActorRef<Receiver.Message> receiver) {}

    private final Context<Message> context;
    private final Ends ends;
    private final Trouble trouble;
    private final Map<Way, Long> carried = new EnumMap<>(Way.class);

    Line(Context<Message> context, Ends ends, Trouble trouble) {
        this.context = context;
        this.ends = ends;
        this.trouble = trouble;
        context.link(ends.receiver().pid());
        context.link(ends.sender().pid());
        ends.receiver().send(new Receiver.Message.Attach(ends.epoch(), context.self()));
        ends.sender().send(new Sender.Message.Attach(ends.epoch(), context.self()));
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Down(var frame) -> carry(frame, Way.DOWN);
            case Message.Up(var frame) -> carry(frame, Way.UP);
            case Message.Out(Frame.Deliver frame) ->
                    ends.receiver().send(new Receiver.Message.Arrived(ends.epoch(), frame));
            case Message.Out(Frame.Upward frame) ->
                    ends.sender().send(new Sender.Message.Arrived(ends.epoch(), frame));
            case Message.Out(var other) -> throw new IllegalArgumentException("" + other);
        }
    }

    private void carry(Frame frame, Way way) {
        long number = carried.merge(way, 1L, Math::addExact);
        for (var delay : trouble.copies(frame, number, context.node().chance().nextDouble())) {
            var out = new Message.Out(frame);
            if (delay.isZero()) {
                receive(out);
            } else {
                context.timers().after(delay, out);
            }
        }
    }
}
