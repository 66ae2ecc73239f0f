package io.coppice.testkit.mutants;

import io.coppice.internal.link.Links;
import io.coppice.internal.link.Links.Link;
import io.coppice.internal.table.Table;
import io.coppice.process.Pid;
import io.coppice.process.Signal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.function.Function;

/**
 * Tries the link protocol alone: two ends link and unlink at random, while signals are under way
 * for long, and must agree in the end. Within one act no schedule of a simulation changes hands, so
 * this is tried here.
 */
public final class LinkProtocolTrial implements Function<String, String>, AutoCloseable {

    /** The name of this trial. */
    static final String LINK_PROTOCOL = "LINK_PROTOCOL";

    private static final int MOVES = 40;

    /** For the trial of a mutant, which is always the same. */
    public LinkProtocolTrial(String name) {}

    private static final class End extends Pid {
        private final Queue<Signal> wire = new ArrayDeque<>();
        private Table<Pid, Link> links = Links.none();
        private long unlinks;

        End(long number) {
            super(number, "end");
        }

        void link(End peer) {
            var before = links;
            links = Links.linkAsked(before, peer);
            if (links != before) {
                wire.add(new Signal.Link());
            }
        }

        void unlink(End peer) {
            var before = links;
            links = Links.unlinkAsked(before, peer, ++unlinks);
            if (links != before) {
                wire.add(new Signal.Unlink(unlinks));
            }
        }

        boolean receive(End peer) {
            switch (peer.wire.poll()) {
                case null -> {
                    return false;
                }
                case Signal.Link() -> links = Links.linkReceived(links, peer, true);
                case Signal.Unlink(var id) -> {
                    links = Links.unlinkReceived(links, peer);
                    wire.add(new Signal.UnlinkAck(id));
                }
                case Signal.UnlinkAck(var id) -> links = Links.ackReceived(links, peer, id, false);
                default -> throw new AssertionError("no other signal is sent");
            }
            return true;
        }
    }

    @Override
    public String apply(String seed) {
        var random = new Random(Long.parseLong(seed));
        var ann = new End(1);
        var bob = new End(2);
        for (int i = 0; i < MOVES; i++) {
            boolean isAnn = random.nextBoolean();
            move(random.nextInt(3), isAnn ? ann : bob, isAnn ? bob : ann);
        }
        boolean moving = true;
        while (moving) {
            moving = ann.receive(bob) | bob.receive(ann);
        }
        return verdict(ann, bob);
    }

    private static void move(int move, End me, End peer) {
        switch (move) {
            case 0 -> me.link(peer);
            case 1 -> me.unlink(peer);
            default -> me.receive(peer);
        }
    }

    private static String verdict(End ann, End bob) {
        return Links.isActive(ann.links, bob) == Links.isActive(bob.links, ann)
                ? ""
                : "one end is linked, the other is not";
    }

    @Override
    public void close() {}
}
