package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.NO_PROCESS;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.CompletableFuture;

/** Links between any two kinds of processes: the two ends are Ann and Bob. */
@ParameterizedClass(name = "{0} and {1}, {2} workers")
@CsvSource({
    "ACTOR, ACTOR, 2",
    "ACTOR, ACTOR, 1",
    "ACTOR, ACTOR, 8",
    "ACTOR, PROGRAM, 2",
    "PROGRAM, ACTOR, 2",
    "PROGRAM, PROGRAM, 2",
    "PROGRAM, PROGRAM, 1",
    "PROGRAM, PROGRAM, 8",
})
class LinkTest {

    private static final ExitReason BOOM = custom("boom");

    @RegisterExtension private final House house;

    private final Kind annsKind;
    private final Kind bobsKind;
    private Puppet ann;
    private Puppet bob;

    LinkTest(Kind annsKind, Kind bobsKind, int workers) {
        this.house = new House().withWorkers(workers);
        this.annsKind = annsKind;
        this.bobsKind = bobsKind;
    }

    @BeforeEach
    void meet() {
        ann = house.puppet(annsKind);
        bob = house.puppet(bobsKind);
    }

    private void link() {
        ann.does(context -> context.link(bob.pid()));
    }

    private void end(Puppet puppet, ExitReason reason) {
        puppet.tell(context -> context.stop(reason));
        assertThat(puppet.end()).isEqualTo(reason);
        house.quiet();
    }

    // Made and unmade

    @Test
    void both_ends_know_of_a_link() {
        link();

        assertThat(ann.links()).containsExactly(bob.pid());
        assertThat(bob.links()).containsExactly(ann.pid());
    }

    @Test
    void linking_twice_is_linking_once_and_one_unlink_undoes_it() {
        link();
        link();
        ann.does(context -> context.unlink(bob.pid()));

        assertThat(ann.links()).isEmpty();
        assertThat(bob.links()).isEmpty();
    }

    @Test
    void linking_from_both_sides_is_linking_once_and_one_unlink_undoes_it() {
        link();
        bob.does(context -> context.link(ann.pid()));
        bob.does(context -> context.unlink(ann.pid()));

        assertThat(ann.links()).isEmpty();
        assertThat(bob.links()).isEmpty();
    }

    @Test
    void a_link_made_twice_gives_one_exit() {
        ann.trapping();
        link();
        link();
        bob.does(context -> context.link(ann.pid()));

        end(bob, BOOM);

        assertThat(ann.hears()).isEqualTo(new Exited(bob.pid(), BOOM));
        assertThat(ann.heard()).isEmpty();
    }

    @Test
    void linking_oneself_does_nothing() {
        ann.does(context -> context.link(ann.pid()));
        ann.does(context -> context.unlink(ann.pid()));

        assertThat(ann.links()).isEmpty();
        assertThat(ann.isAlive()).isTrue();
    }

    @Test
    void unlinking_a_stranger_does_nothing() {
        ann.does(context -> context.unlink(bob.pid()));

        assertThat(ann.isAlive()).isTrue();
        assertThat(bob.isAlive()).isTrue();
    }

    @Test
    void a_link_can_be_made_again_after_an_unlink() {
        ann.trapping();
        link();
        ann.does(context -> context.unlink(bob.pid()));
        bob.does(context -> context.link(ann.pid()));

        end(bob, BOOM);

        assertThat(ann.hears()).isEqualTo(new Exited(bob.pid(), BOOM));
        assertThat(ann.heard()).isEmpty();
    }

    // Heard and not heard

    @Test
    void the_one_that_asked_ends_with_the_other() {
        link();
        end(bob, BOOM);

        assertThat(ann.end()).isEqualTo(BOOM);
    }

    @Test
    void the_one_that_was_asked_ends_with_the_other() {
        link();
        end(ann, BOOM);

        assertThat(bob.end()).isEqualTo(BOOM);
    }

    @Test
    void a_normal_end_breaks_the_link_and_ends_nobody() {
        link();
        end(bob, NORMAL);

        assertThat(ann.links()).isEmpty();
        assertThat(ann.isAlive()).isTrue();
    }

    @Test
    void a_normal_end_is_news_to_one_that_traps() {
        ann.trapping();
        link();
        end(bob, NORMAL);

        assertThat(ann.hears()).isEqualTo(new Exited(bob.pid(), NORMAL));
        assertThat(ann.links()).isEmpty();
    }

    @Test
    void after_an_unlink_by_this_side_nothing_is_heard() {
        ann.trapping();
        link();
        ann.does(context -> context.unlink(bob.pid()));
        end(bob, BOOM);

        assertThat(ann.heard()).isEmpty();
    }

    @Test
    void after_an_unlink_by_the_other_side_nothing_is_heard() {
        ann.trapping();
        link();
        bob.does(context -> context.unlink(ann.pid()));
        end(bob, BOOM);

        assertThat(ann.heard()).isEmpty();
    }

    @Test
    void unlink_keeps_an_exit_that_waits_in_the_mailbox() {
        ann.trapping();
        link();
        ann.does(
                context -> {
                    endMeanwhile(bob, BOOM);
                    context.unlink(bob.pid());
                });

        assertThat(ann.hears()).isEqualTo(new Exited(bob.pid(), BOOM));
    }

    @Test
    void unlink_and_flush_takes_an_exit_out_of_the_mailbox() {
        ann.trapping();
        link();
        boolean flushed =
                ann.ask(
                        context -> {
                            endMeanwhile(bob, BOOM);
                            return context.unlinkAndFlush(bob.pid());
                        });
        house.quiet();

        assertThat(flushed).isTrue();
        assertThat(ann.heard()).isEmpty();
        assertThat(house.node().fates().dropped()).containsEntry(Fates.Dropped.TAKEN_BACK, 1L);
    }

    @Test
    void unlink_and_flush_takes_one_exit_of_that_process_only() {
        ann.trapping();
        var carl = house.puppet(bobsKind);
        link();
        ann.does(context -> context.link(carl.pid()));
        ann.does(
                context -> {
                    house.node().exit(ann.pid(), custom("from outside"));
                    endMeanwhile(carl, custom("carl"));
                    bob.does(bobs -> bobs.exit(ann.pid(), custom("first")));
                    endMeanwhile(bob, custom("second"));
                    assertThat(context.unlinkAndFlush(bob.pid())).isTrue();
                });
        house.quiet();

        assertThat(ann.heard())
                .containsExactly(
                        new Exited(house.node().outside(), custom("from outside")),
                        new Exited(carl.pid(), custom("carl")),
                        new Exited(bob.pid(), custom("second")));
    }

    @Test
    void unlink_and_flush_takes_an_exit_out_in_the_middle_of_a_turn_as_well() {
        ann.trapping();
        link();
        CompletableFuture<Boolean> flushed =
                ann.ask(
                        context -> {
                            var next = ann.begin(it -> it.unlinkAndFlush(bob.pid()));
                            endMeanwhile(bob, BOOM);
                            return next;
                        });

        assertThat(Waiting.<Boolean>of(flushed)).isTrue();
        house.quiet();
        assertThat(ann.heard()).isEmpty();
    }

    @Test
    void unlink_and_flush_with_nothing_to_flush_ends_the_link() {
        ann.trapping();
        link();

        assertThat(ann.<Boolean>ask(context -> context.unlinkAndFlush(bob.pid()))).isFalse();

        end(bob, BOOM);
        assertThat(ann.heard()).isEmpty();
    }

    /** Ends {@code puppet} and waits until everybody has been told, inside a handler of another. */
    private void endMeanwhile(Puppet puppet, ExitReason reason) {
        puppet.tell(context -> context.stop(reason));
        puppet.end();
        Waiting.until("the news having been told").until(() -> !ann.links().contains(puppet.pid()));
    }

    // The dead

    @Test
    void a_link_to_the_dead_throws_where_exits_are_not_trapped_and_leaves_nothing() {
        end(bob, BOOM);

        assertThatThrownBy(this::link).isInstanceOf(NoSuchProcess.class);

        assertThat(ann.links()).isEmpty();
        assertThat(ann.isAlive()).isTrue();
    }

    @Test
    void a_link_to_the_dead_is_one_exit_where_exits_are_trapped_and_leaves_nothing() {
        ann.trapping();
        end(bob, BOOM);

        link();
        house.quiet();

        assertThat(ann.links()).isEmpty();
        assertThat(ann.heard()).containsExactly(new Exited(bob.pid(), NO_PROCESS));
    }

    @Test
    void each_link_to_the_dead_gives_its_own_exit() {
        ann.trapping();
        end(bob, NORMAL);

        for (int i = 0; i < 1_000; i++) {
            link();
        }
        house.quiet();

        assertThat(ann.links()).isEmpty();
        assertThat(ann.heard()).hasSize(1_000).containsOnly(new Exited(bob.pid(), NO_PROCESS));
    }

    @Test
    void a_process_that_is_killed_and_then_linked_was_no_process() {
        ann.trapping();

        ann.does(
                context -> {
                    context.kill(bob.pid());
                    context.link(bob.pid());
                });
        house.quiet();

        assertThat(ann.heard()).containsExactly(new Exited(bob.pid(), NO_PROCESS));
    }

    @Test
    void a_linked_process_that_is_killed_and_then_linked_gives_one_exit_per_link() {
        ann.trapping();
        link();

        ann.does(
                context -> {
                    context.kill(bob.pid());
                    context.link(bob.pid());
                });
        house.quiet();

        assertThat(ann.hears()).isEqualTo(new Exited(bob.pid(), KILLED));
        // If that came before the link was asked for, it was a second one, to the dead.
        assertThat(ann.heard()).isSubsetOf(new Exited(bob.pid(), NO_PROCESS)).hasSizeLessThan(2);
    }

    @Test
    void unlinking_the_dead_does_nothing() {
        link();
        end(bob, NORMAL);

        ann.does(context -> context.unlink(bob.pid()));

        assertThat(ann.links()).isEmpty();
    }

    @Test
    void a_process_that_ends_leaves_no_trace_at_its_peers() {
        ann.trapping();
        for (int i = 0; i < 100; i++) {
            var child = house.child(ann, bobsKind);
            end(child, i % 2 == 0 ? NORMAL : BOOM);
        }

        assertThat(ann.links()).isEmpty();
        assertThat(ann.heard()).hasSize(100);
    }
}
