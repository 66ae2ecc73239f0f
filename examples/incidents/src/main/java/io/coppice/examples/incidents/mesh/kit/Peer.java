package io.coppice.examples.incidents.mesh.kit;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.ReplyTo;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The registry on one node: one process, which alone writes what its node knows. A start is a new
 * life, with an epoch of its own and an empty table; one that others have declared dead ends, and
 * its supervisor begins the next.
 */
public final class Peer implements Actor<Peer.Message> {

    /** How often others are told what they may not know. */
    public static final Duration ROUND = ofSeconds(1);

    /** How often the shelf is looked through for what no notification has told. */
    public static final Duration RECONCILE = ofSeconds(30);

    /** What a peer hears. */
    public sealed interface Message {

        /** Something may have changed under {@code key}. What, stands on the shelf. */
        record Noticed(String key) implements Message {}

        /** Notifications were lost, nobody knows how many. */
        record Lagged() implements Message {}

        /** A packet has arrived. */
        record Arrived(Packet packet) implements Message {}

        /** Something has arrived that is no packet. */
        record Unreadable(String why) implements Message {}

        /** A life is over. Whoever says so must know, by a monitor for instance. */
        record Died(Owner life) implements Message {}

        /** This node has found out how the worker of another one is. */
        record Judged(String key, Status status) implements Message {}

        /** The process behind a worker of its own is gone. */
        record HolderGone(String key, Pid holder) implements Message {}

        /** A round of gossip is due. */
        record Gossip() implements Message {}

        /** A look through the shelf is due. */
        record Reconcile() implements Message {}

        /** Asks for all that it knows. */
        record Look(ReplyTo<Replica> replyTo) implements Message {}
    }

    private final Context<Message> context;
    private final Shelf shelf;
    private final ActorRef<Wire.Message> wire;
    private Replica replica;

    /** Which change of the shelf has been looked at, by key. */
    private Map<String, Long> looked = Map.of();

    /**
     * A life of the peer of {@code node}.
     *
     * @param others all nodes there may ever be but this one
     */
    public Peer(
            Context<Message> context,
            String node,
            List<String> others,
            int limit,
            Set<Flaw> flaws,
            Shelf shelf,
            ActorRef<Wire.Message> wire) {
        this.context = context;
        this.shelf = shelf;
        this.wire = wire;
        var me = new Owner(node, shelf.nextEpoch());
        this.replica = Replica.start(new Self(me, others, limit, flaws), shelf.clock());
    }

    /** The first round and the first look are a period away: whoever starts has nothing to tell. */
    @Override
    public void opened() {
        wire.send(new Wire.Message.Join(replica.self().me(), context.self()));
        context.timers().every(ROUND, new Message.Gossip());
        if (!replica.self().is(Flaw.NO_RECONCILE)) {
            context.timers().every(RECONCILE, new Message.Reconcile());
        }
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Noticed(var key) -> look(key);
            case Message.Lagged() -> looked = Map.of();
            case Message.Arrived(var packet) -> become(replica.receive(packet));
            case Message.Unreadable(var why) -> become(replica.unreadable());
            case Message.Died(var life) -> become(replica.died(life));
            case Message.Judged(var key, var status) -> become(replica.judged(key, status));
            case Message.HolderGone(var key, var holder) -> holderGone(key, holder);
            case Message.Gossip() -> gossip();
            case Message.Reconcile() -> reconcile();
            case Message.Look(var replyTo) -> replyTo.send(replica);
        }
    }

    private void become(Replica next) {
        replica = next;
        shelf.remember(next.clock());
        if (next.isDeclaredDead()) {
            throw context.stop(ExitReason.custom("declared dead"));
        }
    }

    private void gossip() {
        replica.ownKeys().filter(key -> replica.taken(key).isPresent()).forEach(this::look);
        become(replica.reap().settle());
        for (var node : replica.self().others()) {
            wire.send(
                    new Wire.Message.Carry(
                            replica.self().me().node(), node, Frame.of(replica.packetFor(node))));
        }
        become(replica.sent());
    }

    /** One scan; and only what has changed since the last one is read. */
    private void reconcile() {
        become(replica.flawed());
        var there = shelf.scan();
        var gone = new TreeSet<>(replica.ownKeys().toJavaSet());
        gone.removeAll(there.keySet());
        gone.forEach(this::look);
        there.forEach(
                (key, revision) -> {
                    if (!revision.equals(looked.get(key))) {
                        look(key);
                    }
                });
        var done = new TreeMap<>(there);
        done.keySet().removeIf(key -> !replica.tellsOf(key));
        looked = done;
    }

    /** Brings what others are told in line with the shelf, whatever has been told of it. */
    private void look(String key) {
        var registration = shelf.read(key);
        var winner = replica.taken(key);
        if (registration.isPresent() && winner.isPresent()) {
            shelf.remove(key, registration.get());
            var conflict = new NameConflict(key, winner.get());
            registration.get().holder().ifPresent(holder -> tell(holder, conflict));
            registration = Optional.empty();
        }
        boolean wasTold = replica.tellsOf(key);
        become(replica.truth(key, registration.map(Registration::spec)));
        if (!wasTold && replica.tellsOf(key)) {
            registration.flatMap(Registration::holder).ifPresent(holder -> watch(key, holder));
        }
    }

    private void watch(String key, Pid holder) {
        context.monitor(holder, down -> new Message.HolderGone(key, holder));
    }

    private void tell(Pid holder, NameConflict conflict) {
        if (replica.self().is(Flaw.KILLS_THE_LOSER)) {
            context.kill(holder);
        } else {
            context.exit(holder, ExitReason.shutdown(conflict));
        }
    }

    private void holderGone(String key, Pid holder) {
        shelf.read(key)
                .filter(registration -> registration.holder().filter(holder::equals).isPresent())
                .ifPresent(registration -> shelf.remove(key, registration));
        look(key);
    }
}
