package io.coppice.examples.incidents.mesh;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.examples.incidents.mesh.kit.Entry;
import io.coppice.examples.incidents.mesh.kit.Entry.State.Deleted;
import io.coppice.examples.incidents.mesh.kit.Entry.State.Present;
import io.coppice.examples.incidents.mesh.kit.Owner;
import io.coppice.examples.incidents.mesh.kit.Packet;
import io.coppice.examples.incidents.mesh.kit.Peer;
import io.coppice.examples.incidents.mesh.kit.Registration;
import io.coppice.examples.incidents.mesh.kit.Replica;
import io.coppice.examples.incidents.mesh.kit.Shelf;
import io.coppice.examples.incidents.mesh.kit.Slot;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.mesh.kit.Version;
import io.coppice.examples.incidents.mesh.kit.Wire;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An entry that is registered and removed while others write and delete it, in all orders. */
public final class SeenBeforeItsOrigin implements Incident {

    private static final String KEY = "worker";
    private static final int ROOM = Integer.MAX_VALUE;

    @Override
    public Story story() {
        return Story.of("seen-before-its-origin", "An entry is visible before its origin is known")
                .from("G2; smg: visible without origin, remove TOCTOU")
                .elsewhere(
                        "The entry is put into the table, and then it is noted where it comes"
                                + " from. In between it is seen without; and a remote deletion"
                                + " that looks then takes it for an import, and removes it.")
                .here(
                        "One process writes the table, a message at a time, and others see what it"
                                + " answers between two. There is no in between, and no lock that"
                                + " could be left out. In mesh.kit an entry cannot be made without"
                                + " its owner either. All orders are tried.");
    }

    private static Facts facts(long seen, long removed) {
        return Facts.of("orders in which a remote removes or changes it", removed)
                .and("orders in which it is seen without an origin", seen);
    }

    @Override
    public Facts right() {
        return facts(0, 0);
    }

    @Override
    public Elsewhere elsewhere() {
        var tables = orders("RRDD").stream().map(Racing::new).toList();
        return Elsewhere.reenacted(
                facts(
                        tables.stream().filter(it -> it.wasSeenWithout).count(),
                        tables.stream().filter(it -> it.entry == null).count()));
    }

    /** Two threads, one that registers in two steps and one that deletes in two. */
    private static final class Racing {
        private @Nullable String entry;
        private @Nullable String origin;
        private boolean isToDelete;
        private boolean wasSeenWithout;
        private int registering;
        private int deleting;

        Racing(String order) {
            order.chars().forEach(thread -> step(thread == 'R'));
        }

        private void step(boolean registers) {
            if (registers && registering++ == 0) entry = "http://ann";
            else if (registers) origin = "local";
            else if (deleting++ == 0) isToDelete = !"local".equals(origin);
            else if (isToDelete) entry = null;
            wasSeenWithout |= entry != null && origin == null;
        }
    }

    @Override
    public Facts here() {
        return Virtual.once(SeenBeforeItsOrigin::play);
    }

    /** Every order of the steps, and in it every choice of when the peer has its turn. */
    private static Facts play(Simulation simulation) {
        long seen = 0;
        long removed = 0;
        for (var order : orders("RRRBBL")) {
            for (int turns = 0; turns < 1 << (order.length() - 1); turns++) {
                var meeting = new Meeting(simulation);
                meeting.play(order, turns);
                if (meeting.wasSeenWithoutOrigin()) seen++;
                if (meeting.wasTouched()) removed++;
            }
        }
        return facts(seen, removed);
    }

    private static Set<String> orders(String steps) {
        if (steps.isEmpty()) {
            return Set.of("");
        }
        var orders = new TreeSet<String>();
        for (int i = 0; i < steps.length(); i++) {
            var first = steps.charAt(i);
            var rest = steps.substring(0, i) + steps.substring(i + 1);
            orders(rest).forEach(order -> orders.add(first + order));
        }
        return orders;
    }

    /** One order, with a peer of its own. */
    private static final class Meeting {
        private final Simulation simulation;
        private final Shelf shelf = new Shelf();
        private final List<Replica> seen = new ArrayList<>();
        private final ActorRef<Peer.Message> peer;

        /** What ann's own node does: has a worker, says so, changes it and says so. */
        private final Iterator<Runnable> registering;

        /** What bob sends: a claim, and takes it back; and each time what is not his to write. */
        private final Iterator<Runnable> remote;

        Meeting(Simulation simulation) {
            this.simulation = simulation;
            var node = simulation.node();
            var wire = node.registry().ref(Wire.NAME); // Nobody has it: no time passes.
            ActorFactory<Peer.Message> ann =
                    context ->
                            new Peer(context, "ann", List.of("bob"), ROOM, Set.of(), shelf, wire);
            peer = node.start(ann);
            registering =
                    List.<Runnable>of(
                                    () -> put("http://ann"),
                                    this::notice,
                                    () -> {
                                        put("http://ann/2");
                                        notice();
                                    })
                            .iterator();
            var claim = entry("bob", 1, new Present(Spec.of("http://bob")));
            var foreign = entry("ann", 99, new Present(Spec.of("http://bob")));
            var removal = entry("bob", 2, new Deleted());
            var deletion = entry("ann", 100, new Deleted());
            remote =
                    List.<Runnable>of(() -> arrive(claim, foreign), () -> arrive(removal, deletion))
                            .iterator();
        }

        void play(String order, int turns) {
            for (int step = 0; step < order.length(); step++) {
                switch (order.charAt(step)) {
                    case 'R' -> registering.next().run();
                    case 'B' -> remote.next().run();
                    default -> look();
                }
                if ((turns >> step & 1) == 1) {
                    simulation.settle();
                }
            }
            look();
            simulation.settle();
            simulation.node().kill(peer.pid());
        }

        private void put(String url) {
            shelf.put(KEY, Registration.of(Spec.of(url)));
        }

        private void notice() {
            peer.send(new Peer.Message.Noticed(KEY));
        }

        private void arrive(Entry... entries) {
            var packet =
                    new Packet(
                            new Owner("bob", 1),
                            new Owner("ann", 1),
                            Map.of(),
                            0,
                            List.of(entries),
                            List.of());
            peer.send(new Peer.Message.Arrived(packet));
        }

        private static Entry entry(String owner, long time, Entry.State state) {
            return new Entry(new Slot(KEY, owner), new Version(1, time, "bob"), time, state);
        }

        private void look() {
            peer.send(new Peer.Message.Look(seen::add));
        }

        boolean wasSeenWithoutOrigin() {
            return seen.stream().anyMatch(it -> it.table().entries().exists(Meeting::hasNone));
        }

        private static boolean hasNone(Entry entry) {
            return entry.owner().epoch() == 0 || entry.owner().node().isEmpty();
        }

        /** What is ann's is at all times her own word, and in the end what stands on her shelf. */
        boolean wasTouched() {
            var own = seen.stream().map(it -> it.table().at(new Slot(KEY, "ann"))).toList();
            var there = shelf.read(KEY).map(it -> (Entry.State) new Present(it.spec()));
            return own.stream()
                            .flatMap(Optional::stream)
                            .anyMatch(it -> !it.version().replica().equals("ann"))
                    || !own.getLast().filter(it -> !it.isDeleted()).map(Entry::state).equals(there);
        }
    }
}
