package io.coppice.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.internal.link.Links.Link;
import io.coppice.internal.table.Table;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.process.Signal;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.statistics.Statistics;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The link protocol between two ends joined by wires that keep signals for long, and their order.
 *
 * <p>Where acknowledgements keep their place too, no rule need look at the peer's end: a link that
 * arrives is wanted, and an acknowledgement ends what it acknowledges, as in Erlang.
 */
class LinkProtocolProperties {

    private static final int TRIES_TO_CATCH = 1_000;
    private static final int LONGEST = 40;

    /** One process's end, and the wire on which its signals travel to the other. */
    private static final class End extends Pid {
        private final LinkRules rules;
        private final Queue<Signal> wire = new ArrayDeque<>();
        private Table<Pid, Link> links = Links.none();
        private End peer;
        private long unlinks;
        private boolean isDead;
        private int heard;

        /**
         * Whether an exit that arrives now must not be heard: this end unlinked, and that is all.
         */
        private boolean isDeaf;

        End(int number, String label, LinkRules rules) {
            super(number, label);
            this.rules = rules;
        }

        boolean isLinked() {
            return Links.isActive(links, peer);
        }

        void link() {
            var before = links;
            links = rules.linkAsked(before, peer);
            if (links != before) {
                wire.add(new Signal.Link());
            }
            assertThat(isLinked()).as("the end that links is linked").isTrue();
            isDeaf = false;
        }

        void unlink() {
            var before = links;
            links = rules.unlinkAsked(before, peer, ++unlinks);
            if (links != before) {
                wire.add(new Signal.Unlink(unlinks));
                isDeaf = true;
            }
        }

        void die() {
            if (links.get(peer) != null) {
                wire.add(new Signal.LinkExit(ExitReason.KILLED));
            }
            links = Links.none();
            isDead = true;
        }

        /** Takes the next signal off the peer's wire, if there is one. */
        boolean receive() {
            var signal = peer.wire.poll();
            if (signal != null) {
                on(signal);
            }
            return signal != null;
        }

        private void on(Signal signal) {
            switch (signal) {
                case Signal.Link() when isDead ->
                        wire.add(new Signal.LinkExit(ExitReason.NO_PROCESS));
                case Signal.Link() -> {
                    if (links.get(peer) == null) {
                        isDeaf = false; // the peer's own wish, made after it heard of our unlink
                    }
                    links = rules.linkReceived(links, peer, true);
                }
                case Signal.Unlink(var id) -> {
                    links = isDead ? links : rules.unlinkReceived(links, peer);
                    wire.add(new Signal.UnlinkAck(id));
                }
                case Signal.UnlinkAck(var id) when !isDead -> {
                    links = rules.ackReceived(links, peer, id, false);
                    isDeaf = !isLinked();
                }
                case Signal.LinkExit(var reason) when !isDead -> {
                    if (isLinked()) {
                        heard++;
                        assertThat(isDeaf).as("an exit is heard after an unlink").isFalse();
                    }
                    links = rules.exitReceived(links, peer);
                }
                default -> {}
            }
        }
    }

    /** Ann and Bob, who link and unlink and receive as a script says. */
    private static final class Pair {
        private final End ann;
        private final End bob;
        private boolean crossed;

        Pair(LinkRules rules) {
            ann = new End(1, "ann", rules);
            bob = new End(2, "bob", rules);
            ann.peer = bob;
            bob.peer = ann;
        }

        void play(List<Move> script) {
            for (var move : script) {
                var one = move.name().startsWith("ANN") ? ann : bob;
                if (!one.isDead) {
                    move.act.by(one);
                }
                crossed |= !ann.wire.isEmpty() && !bob.wire.isEmpty();
            }
        }

        void settle() {
            boolean moving = true;
            while (moving) {
                moving = ann.receive() | bob.receive();
            }
        }

        void assertAgree() {
            assertThat(ann.isLinked()).as("ann is linked, as bob").isEqualTo(bob.isLinked());
            assertThat(Stream.of(ann, bob).filter(end -> end.links.size() > 0))
                    .as("ends that know of a link")
                    .allMatch(End::isLinked);
        }
    }

    @FunctionalInterface
    private interface ActOf {
        void by(End end);
    }

    private enum Move {
        ANN_LINKS(End::link),
        ANN_UNLINKS(End::unlink),
        ANN_RECEIVES(End::receive),
        BOB_LINKS(End::link),
        BOB_UNLINKS(End::unlink),
        BOB_RECEIVES(End::receive);

        private final ActOf act;

        Move(ActOf act) {
            this.act = act;
        }
    }

    @Provide
    Arbitrary<List<Move>> scripts() {
        return Arbitraries.of(Move.class).list().ofMaxSize(LONGEST);
    }

    @Property
    void both_ends_agree_once_every_signal_has_arrived(@ForAll("scripts") List<Move> script) {
        var pair = new Pair(LinkRules.REAL);
        pair.play(script);
        Statistics.label("signals crossed").collect(pair.crossed);
        Statistics.label("signals under way at the end")
                .collect(!pair.ann.wire.isEmpty() || !pair.bob.wire.isEmpty());
        pair.settle();

        pair.assertAgree();
    }

    @Property
    void an_exit_is_heard_where_the_link_is_active_and_the_dead_leave_nothing(
            @ForAll("scripts") List<Move> script, @ForAll("scripts") List<Move> afterwards) {
        var pair = new Pair(LinkRules.REAL);
        pair.play(script);
        boolean wasLinked = pair.bob.isLinked() && pair.ann.isLinked();
        pair.ann.die();
        pair.play(afterwards);
        pair.settle();
        Statistics.label("heard").collect(Math.min(pair.bob.heard, 3));

        assertThat(pair.bob.links.size()).isZero();
        boolean asked = afterwards.contains(Move.BOB_LINKS);
        boolean unlinked = afterwards.contains(Move.BOB_UNLINKS);
        if (wasLinked && !unlinked && !asked) {
            assertThat(pair.bob.heard).isEqualTo(1);
        }
    }

    @Example
    void an_exit_that_crosses_an_unlink_is_not_heard() {
        var pair = new Pair(LinkRules.REAL);
        pair.play(List.of(Move.ANN_LINKS, Move.BOB_RECEIVES));
        pair.bob.unlink();
        pair.ann.die();
        pair.settle();

        assertThat(pair.bob.heard).isZero();
        assertThat(pair.bob.links.size()).isZero();
    }

    @Example
    void an_exit_of_an_old_link_does_not_pass_for_news_of_a_new_one() {
        var pair = new Pair(LinkRules.REAL);
        pair.play(List.of(Move.ANN_LINKS, Move.BOB_RECEIVES));
        pair.ann.die(); // its exit is under way
        pair.bob.unlink();
        pair.bob.link();
        pair.settle();

        // The old exit and the answer to the new link: one of them is heard, once.
        assertThat(pair.bob.heard).isEqualTo(1);
        assertThat(pair.bob.links.size()).isZero();
    }

    // The law against broken rules

    private RandomGenerator random;

    @BeforeProperty
    void seed() {
        random = RandomGenerator.of("L64X128MixRandom");
    }

    /** How many random scripts it takes until the ends disagree; none if they never do. */
    private int triesToCatch(LinkRules mutant) {
        for (int i = 1; i <= TRIES_TO_CATCH; i++) {
            var pair = new Pair(mutant);
            try {
                pair.play(
                        Stream.generate(() -> Move.values()[random.nextInt(6)])
                                .limit(LONGEST)
                                .toList());
                pair.settle();
                pair.assertAgree();
                pair.ann.link();
                pair.settle();
                pair.ann.die();
                pair.settle();
                assertThat(pair.bob.links.size()).isZero();
            } catch (AssertionError caught) {
                return i;
            }
        }
        return 0;
    }

    @Example
    void broken_rules_are_caught_within_a_few_scripts() {
        var mutants =
                List.of(
                        LinkRules.ANY_LINK_ACTIVATES,
                        LinkRules.ANY_ACK_FORGETS,
                        LinkRules.ANY_UNLINK_FORGETS,
                        LinkRules.UNLINK_IN_ONE_STEP,
                        LinkRules.RELINK_WAITS_FOR_THE_ACK,
                        LinkRules.EXIT_LEAVES_THE_LINK);
        for (var mutant : mutants) {
            assertThat(triesToCatch(mutant)).as("tries to catch: " + mutant).isBetween(1, 200);
        }
        assertThat(triesToCatch(LinkRules.REAL)).as("disagreement under the rules").isZero();
    }
}
