package io.coppice.examples.incidents.mesh.kit;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The network between peers: it loses, doubles, delays and so reorders what it carries, and may be
 * parted. It knows who is up by monitors, and tells the others of a death: that, and not silence,
 * is the proof.
 */
public final class Wire implements Actor<Wire.Message> {

    /** Where to find it. */
    public static final Name<Message> NAME = Name.of("wire");

    /** What it is told. */
    public sealed interface Message {

        /** A peer is up. */
        record Join(Owner life, ActorRef<Peer.Message> peer) implements Message {}

        /** The process of a peer is gone. */
        record Gone(Owner life) implements Message {}

        /** Something is to be brought to {@code to}. */
        record Carry(String from, String to, Frame frame) implements Message {}

        /** Something arrives. */
        record Deliver(String to, Frame frame) implements Message {}

        /** From now on nothing passes between {@code side} and the rest. */
        record Part(Set<String> side) implements Message {}

        /** From now on the weather is {@code weather}. */
        record Change(Weather weather) implements Message {}
    }

    /**
     * What may happen on the way.
     *
     * @param lost how many of a hundred packets get lost
     * @param doubled how many of a hundred come twice
     * @param atMost how long one may take
     */
    public record Weather(int lost, int doubled, Duration atMost) {

        /** Nothing happens. */
        public static final Weather FAIR = new Weather(0, 0, Duration.ZERO);
    }

    private final Context<Message> context;
    private final Consumer<Frame> tap;
    private final TreeMap<String, ActorRef<Peer.Message>> peers = new TreeMap<>();
    private final List<Owner> deaths = new ArrayList<>();
    private Set<String> side = Set.of();
    private Weather weather = Weather.FAIR;

    /**
     * A network.
     *
     * @param tap is shown all that is to be carried
     */
    public Wire(Context<Message> context, Consumer<Frame> tap) {
        this.context = context;
        this.tap = tap;
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Join(var life, var peer) -> join(life, peer);
            case Message.Gone(var life) -> {
                deaths.add(life);
                peers.forEach((node, peer) -> tellOf(life, node, peer));
            }
            case Message.Carry(var from, var to, var frame) -> carry(from, to, frame);
            case Message.Deliver(var to, var frame) -> deliver(to, frame);
            case Message.Part(var apart) -> part(apart);
            case Message.Change(var next) -> weather = next;
        }
    }

    private void join(Owner life, ActorRef<Peer.Message> peer) {
        peers.put(life.node(), peer);
        context.monitor(peer.pid(), down -> new Message.Gone(life));
        deaths.forEach(death -> tellOf(death, life.node(), peer));
    }

    private void part(Set<String> apart) {
        side = Set.copyOf(apart);
        for (var death : deaths) {
            peers.forEach((node, peer) -> tellOf(death, node, peer));
        }
    }

    private void tellOf(Owner death, String node, ActorRef<Peer.Message> peer) {
        if (isOpen(death.node(), node)) {
            peer.send(new Peer.Message.Died(death));
        }
    }

    private void carry(String from, String to, Frame frame) {
        tap.accept(frame);
        if (isOpen(from, to) && !happens(weather.lost())) {
            bring(to, frame);
            if (happens(weather.doubled())) {
                bring(to, frame);
            }
        }
    }

    private boolean isOpen(String from, String to) {
        return side.contains(from) == side.contains(to);
    }

    private boolean happens(int ofAHundred) {
        return ofAHundred > 0 && 100 * context.node().chance().nextDouble() < ofAHundred;
    }

    private void bring(String to, Frame frame) {
        if (weather.atMost().isZero()) {
            deliver(to, frame);
        } else {
            double part = context.node().chance().nextDouble();
            var delay = Duration.ofNanos((long) (part * weather.atMost().toNanos()));
            context.timers().after(delay, new Message.Deliver(to, frame));
        }
    }

    private void deliver(String to, Frame frame) {
        var peer = peers.get(to);
        if (peer != null) {
            peer.send(frame.open());
        }
    }
}
