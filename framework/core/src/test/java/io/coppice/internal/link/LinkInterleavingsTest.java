package io.coppice.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.internal.link.Links.Link;
import io.coppice.internal.table.Table;
import io.coppice.process.Pid;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The link protocol as the runtime carries it out, in every interleaving of a few acts of each
 * side.
 *
 * <p>Ann's and Bob's own threads link and unlink; a killer's thread may end Ann at any moment. A
 * thread takes one step at a time, each under the lock of one of the two: it changes its own end,
 * then it carries the signal to the other end, and the answer back. It looks at the other end
 * before it changes this one, and much may happen in between.
 */
class LinkInterleavingsTest {

    private static final int ANN = 0;
    private static final int BOB = 1;
    private static final int KILLER = 2;

    private static final class Name extends Pid {
        Name(int number) {
            super(number, number == ANN ? "ann" : "bob");
        }
    }

    private static final Pid[] PIDS = {new Name(ANN), new Name(BOB)};

    private enum Step {
        REST,
        LINK_LOOK,
        LINK_ARRIVES,
        UNLINK_ARRIVES,
        ACK_LOOK,
        ACK_ARRIVES,
        NO_PROCESS_ARRIVES,
        EXIT_ARRIVES,
        DONE
    }

    /** Where a thread is: what it does next, for which unlink, and what it has seen. */
    private record Hand(Step step, int id, boolean seen, int actsLeft) {
        Hand to(Step next) {
            return new Hand(next, id, seen, actsLeft);
        }

        Hand act(Step next, int newId) {
            return new Hand(next, newId, false, actsLeft - 1);
        }

        Hand having(boolean looked, Step next) {
            return new Hand(next, id, looked, actsLeft);
        }
    }

    /** Everything: both ends, three threads. The lock that a thread holds follows from its step. */
    private record State(
            @Nullable Link ann,
            @Nullable Link bob,
            boolean annIsDead,
            int heardByBob,
            int unlinks,
            Hand annsHand,
            Hand bobsHand,
            Hand killers) {

        Hand hand(int who) {
            return who == ANN ? annsHand : who == BOB ? bobsHand : killers;
        }

        State with(int who, Hand hand) {
            return new State(
                    ann,
                    bob,
                    annIsDead,
                    heardByBob,
                    unlinks,
                    who == ANN ? hand : annsHand,
                    who == BOB ? hand : bobsHand,
                    who == KILLER ? hand : killers);
        }

        @Nullable Link end(int who) {
            return who == ANN ? ann : bob;
        }

        boolean isDead(int who) {
            return who == ANN && annIsDead;
        }

        State withEnd(int who, @Nullable Link end) {
            return new State(
                    who == ANN ? end : ann,
                    who == BOB ? end : bob,
                    annIsDead,
                    heardByBob,
                    unlinks,
                    annsHand,
                    bobsHand,
                    killers);
        }

        State unlinkSent() {
            return new State(
                    ann, bob, annIsDead, heardByBob, unlinks + 1, annsHand, bobsHand, killers);
        }

        State annDied() {
            return new State(null, bob, true, heardByBob, unlinks, annsHand, bobsHand, killers);
        }

        State heard() {
            return new State(
                    ann, bob, annIsDead, heardByBob + 1, unlinks, annsHand, bobsHand, killers);
        }

        boolean isActive(int who) {
            return end(who) instanceof Links.Active;
        }

        boolean isAtRest() {
            return Stream.of(annsHand, bobsHand, killers)
                    .allMatch(hand -> hand.step() == Step.REST || hand.step() == Step.DONE);
        }

        /** Between looking and changing a thread holds the lock of the end that it will change. */
        boolean isLocked(int who) {
            return hand(1 - who).step() == Step.LINK_ARRIVES
                    || hand(who).step() == Step.ACK_ARRIVES;
        }
    }

    /** Explores everything that can happen under some rules. */
    private static final class Explorer {
        private final LinkRules rules;
        private final Set<State> seen = new HashSet<>();
        private final Deque<State> todo = new ArrayDeque<>();
        private final List<String> wrong = new ArrayList<>();
        private boolean crossed;

        Explorer(LinkRules rules) {
            this.rules = rules;
        }

        Explorer explore(int actsEach, boolean withKiller) {
            var hand = new Hand(Step.REST, 0, false, actsEach);
            var killer = new Hand(withKiller ? Step.REST : Step.DONE, 0, false, 1);
            add(new State(null, null, false, 0, 0, hand, hand, killer));
            add(new State(new Links.Active(), new Links.Active(), false, 0, 0, hand, hand, killer));
            while (!todo.isEmpty()) {
                var state = todo.poll();
                check(state);
                next(state, ANN);
                next(state, BOB);
                kill(state);
            }
            return this;
        }

        private void add(State state) {
            if (seen.add(state)) {
                todo.add(state);
            }
        }

        private void check(State state) {
            crossed |= state.ann instanceof Links.Unlinking && state.bob instanceof Links.Unlinking;
            if (!state.isAtRest()) {
                return;
            }
            if (state.annIsDead && state.bob != null) {
                wrong.add("bob keeps a link to the dead: " + state);
            }
            if (!state.annIsDead && state.isActive(ANN) != state.isActive(BOB)) {
                wrong.add("the ends disagree: " + state);
            }
            if (state.ann instanceof Links.Unlinking || state.bob instanceof Links.Unlinking) {
                wrong.add("an end waits for ever: " + state);
            }
        }

        private Table<Pid, Link> table(State state, int who) {
            var end = state.end(who);
            return end == null ? Links.none() : Links.none().with(PIDS[1 - who], end);
        }

        private State changed(State state, int who, Table<Pid, Link> table) {
            return state.withEnd(who, table.get(PIDS[1 - who]));
        }

        /** One step of the thread of {@code me}. */
        private void next(State state, int me) {
            int peer = 1 - me;
            var hand = state.hand(me);
            switch (hand.step()) {
                case REST -> {
                    if (hand.actsLeft() > 0 && !state.isDead(me) && !state.isLocked(me)) {
                        begin(state, me);
                    }
                }
                case LINK_LOOK -> {
                    if (!state.isLocked(peer)) {
                        arriveLink(state, me);
                    }
                }
                case LINK_ARRIVES -> {
                    var table = rules.linkReceived(table(state, peer), PIDS[me], hand.seen());
                    add(changed(state, peer, table).with(me, hand.to(Step.REST)));
                }
                case UNLINK_ARRIVES -> {
                    if (!state.isLocked(peer)) {
                        var table =
                                state.isDead(peer)
                                        ? table(state, peer)
                                        : rules.unlinkReceived(table(state, peer), PIDS[me]);
                        add(changed(state, peer, table).with(me, hand.to(Step.ACK_LOOK)));
                    }
                }
                case ACK_LOOK -> {
                    if (state.isDead(me)) {
                        add(state.with(me, hand.to(Step.REST)));
                    } else if (!state.isLocked(me)) {
                        add(state.with(me, hand.having(state.isActive(peer), Step.ACK_ARRIVES)));
                    }
                }
                case ACK_ARRIVES -> {
                    var table =
                            rules.ackReceived(table(state, me), PIDS[peer], hand.id(), hand.seen());
                    add(changed(state, me, table).with(me, hand.to(Step.REST)));
                }
                case NO_PROCESS_ARRIVES -> {
                    if (!state.isLocked(me)) {
                        add(hearExit(state, me).with(me, hand.to(Step.REST)));
                    }
                }
                default -> {}
            }
        }

        private void begin(State state, int me) {
            int peer = 1 - me;
            var hand = state.hand(me);
            var before = table(state, me);
            var linked = rules.linkAsked(before, PIDS[peer]);
            add(
                    changed(state, me, linked)
                            .with(me, hand.act(linked == before ? Step.REST : Step.LINK_LOOK, 0)));
            int id = state.unlinks() + 1;
            var unlinked = rules.unlinkAsked(before, PIDS[peer], id);
            add(
                    changed(state, me, unlinked)
                            .unlinkSent()
                            .with(
                                    me,
                                    hand.act(
                                            unlinked == before ? Step.REST : Step.UNLINK_ARRIVES,
                                            id)));
        }

        private void arriveLink(State state, int me) {
            int peer = 1 - me;
            var hand = state.hand(me);
            if (state.isDead(me)) {
                add(state.with(me, hand.to(Step.REST))); // the dead ask for nothing
            } else if (state.isDead(peer)) {
                add(state.with(me, hand.to(Step.NO_PROCESS_ARRIVES)));
            } else {
                add(state.with(me, hand.having(state.isActive(me), Step.LINK_ARRIVES)));
            }
        }

        private State hearExit(State state, int who) {
            var after = changed(state, who, rules.exitReceived(table(state, who), PIDS[1 - who]));
            return state.isActive(who) ? after.heard() : after;
        }

        /** One step of the killer: Ann is dead; then Bob is told, if she had any link to him. */
        private void kill(State state) {
            var hand = state.killers();
            if (hand.step() == Step.REST && !state.isLocked(ANN)) {
                var next = state.ann() == null ? Step.DONE : Step.EXIT_ARRIVES;
                add(state.annDied().with(KILLER, hand.to(next)));
            }
            if (hand.step() == Step.EXIT_ARRIVES && !state.isLocked(BOB)) {
                add(hearExit(state, BOB).with(KILLER, hand.to(Step.DONE)));
            }
        }
    }

    @Test
    void both_ends_agree_in_every_interleaving_of_four_acts_of_each_side() {
        var explorer = new Explorer(LinkRules.REAL).explore(4, false);

        assertThat(explorer.wrong).isEmpty();
        assertThat(explorer.crossed).as("two unlinks have crossed").isTrue();
        assertThat(explorer.seen).hasSizeGreaterThan(1_000);
    }

    @Test
    void no_link_to_the_dead_is_kept_in_any_interleaving_with_a_kill() {
        var explorer = new Explorer(LinkRules.REAL).explore(3, true);

        assertThat(explorer.wrong).isEmpty();
        assertThat(explorer.seen.stream().map(State::heardByBob).filter(Objects::nonNull))
                .as("exits that Bob has heard")
                .contains(0, 1);
    }

    static Stream<LinkRules> mutants() {
        return Stream.of(
                LinkRules.ANY_LINK_ACTIVATES,
                LinkRules.ACK_ALWAYS_FORGETS,
                LinkRules.ANY_UNLINK_FORGETS,
                LinkRules.UNLINK_IN_ONE_STEP,
                LinkRules.UNWANTED_LINK_ACTIVATES,
                LinkRules.EXIT_LEAVES_THE_LINK);
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void a_rule_that_is_broken_is_caught(LinkRules mutant) {
        var alone = new Explorer(mutant).explore(4, false);
        var killed = new Explorer(mutant).explore(3, true);

        assertThat(Stream.concat(alone.wrong.stream(), killed.wrong.stream())).isNotEmpty();
    }
}
