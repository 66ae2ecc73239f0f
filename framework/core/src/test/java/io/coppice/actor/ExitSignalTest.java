package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.NO_CONNECTION;
import static io.coppice.process.ExitReason.NO_PROCESS;
import static io.coppice.process.ExitReason.SHUTDOWN;
import static io.coppice.process.ExitReason.crashed;
import static io.coppice.process.ExitReason.custom;
import static io.coppice.process.ExitReason.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.fixture.EveryExecutor;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** The table of what an exit signal does to the process that receives it, cell by cell. */
@EveryExecutor
class ExitSignalTest {

    @RegisterExtension private final House house;

    private final Kind kind;

    ExitSignalTest(Kind kind, int workers) {
        this.kind = kind;
        this.house = new House().withWorkers(workers);
    }

    static Stream<ExitReason> everyReason() {
        return Stream.concat(Stream.of(NORMAL), everyReasonButNormal());
    }

    static Stream<ExitReason> everyReasonButNormal() {
        return Stream.of(
                SHUTDOWN,
                shutdown("for lunch"),
                KILLED,
                NO_PROCESS,
                NO_CONNECTION,
                crashed(new IllegalStateException("boom")),
                custom("kill"),
                custom("normal"),
                custom(7));
    }

    private static void stop(Puppet puppet, ExitReason reason) {
        puppet.tell(context -> context.stop(reason));
    }

    // By a link

    @ParameterizedTest
    @MethodSource("everyReasonButNormal")
    void by_link_every_reason_but_normal_ends_one_that_does_not_trap(ExitReason reason) {
        var target = house.puppet(kind);
        var peer = house.child(target, kind);
        stop(peer, reason);

        assertThat(target.end()).isEqualTo(reason);
    }

    @Test
    void by_link_normal_does_not_end_one_that_does_not_trap() {
        var target = house.puppet(kind);
        var peer = house.child(target, kind);
        stop(peer, NORMAL);
        peer.end();
        house.quiet();

        assertThat(target.isAlive()).isTrue();
        assertThat(target.links()).isEmpty();
        assertThat(target.heard()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyReason")
    void by_link_every_reason_is_news_to_one_that_traps(ExitReason reason) {
        var target = house.puppet(kind).trapping();
        var peer = house.child(target, kind);
        stop(peer, reason);

        assertThat(target.hears()).isEqualTo(new Exited(peer.pid(), reason));
        house.quiet();
        assertThat(target.heard()).isEmpty();
        assertThat(target.isAlive()).isTrue();
        assertThat(target.links()).isEmpty();
    }

    // By another process, on purpose

    @ParameterizedTest
    @MethodSource("everyReasonButNormal")
    void sent_every_reason_but_normal_ends_one_that_does_not_trap(ExitReason reason) {
        var target = house.puppet(kind);
        var sender = house.puppet(kind);
        sender.does(context -> context.exit(target.pid(), reason));

        assertThat(target.end()).isEqualTo(reason);
        assertThat(sender.isAlive()).isTrue();
    }

    @Test
    void sent_normal_does_not_end_one_that_does_not_trap() {
        var target = house.puppet(kind);
        var sender = house.puppet(kind);
        sender.does(context -> context.exit(target.pid(), NORMAL));
        house.quiet();

        assertThat(target.isAlive()).isTrue();
        assertThat(target.heard()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyReason")
    void sent_every_reason_is_news_to_one_that_traps(ExitReason reason) {
        var target = house.puppet(kind).trapping();
        var sender = house.puppet(kind);
        sender.does(context -> context.exit(target.pid(), reason));

        assertThat(target.hears()).isEqualTo(new Exited(sender.pid(), reason));
        house.quiet();
        assertThat(target.heard()).isEmpty();
        assertThat(target.isAlive()).isTrue();
    }

    @Test
    void sent_by_a_linked_process_a_trapped_exit_leaves_the_link() {
        var target = house.puppet(kind).trapping();
        var sender = house.child(target, kind);
        sender.does(context -> context.exit(target.pid(), custom("hey")));

        assertThat(target.hears()).isEqualTo(new Exited(sender.pid(), custom("hey")));
        assertThat(target.links()).containsExactly(sender.pid());
    }

    // From outside of all processes

    @ParameterizedTest
    @MethodSource("everyReasonButNormal")
    void from_outside_every_reason_but_normal_ends_one_that_does_not_trap(ExitReason reason) {
        var target = house.puppet(kind);
        house.node().exit(target.pid(), reason);

        assertThat(target.end()).isEqualTo(reason);
    }

    @Test
    void from_outside_normal_does_not_end_one_that_does_not_trap() {
        var target = house.puppet(kind);
        house.node().exit(target.pid(), NORMAL);
        house.quiet();

        assertThat(target.isAlive()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("everyReason")
    void from_outside_every_reason_is_news_to_one_that_traps(ExitReason reason) {
        var target = house.puppet(kind).trapping();
        house.node().exit(target.pid(), reason);

        assertThat(target.hears()).isEqualTo(new Exited(house.node().outside(), reason));
        assertThat(target.isAlive()).isTrue();
    }

    // By itself

    @ParameterizedTest
    @MethodSource("everyReason")
    void to_oneself_every_reason_ends_one_that_does_not_trap_before_exit_returns(
            ExitReason reason) {
        var target = house.puppet(kind);

        assertThat(target.thrownBy(context -> context.exit(target.pid(), reason)))
                .isInstanceOf(ProcessEnded.class);

        assertThat(target.end()).isEqualTo(reason);
    }

    @ParameterizedTest
    @MethodSource("everyReason")
    void to_oneself_every_reason_is_news_to_one_that_traps(ExitReason reason) {
        var target = house.puppet(kind).trapping();
        target.does(context -> context.exit(target.pid(), reason));

        assertThat(target.hears()).isEqualTo(new Exited(target.pid(), reason));
        assertThat(target.isAlive()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("everyReason")
    void a_process_that_stops_ends_with_that_reason_trapping_or_not(ExitReason reason) {
        var target = house.puppet(kind);
        var trapping = house.puppet(kind).trapping();
        stop(target, reason);
        stop(trapping, reason);

        assertThat(target.end()).isEqualTo(reason);
        assertThat(trapping.end()).isEqualTo(reason);
    }

    // The rest

    @Test
    void an_exit_to_the_dead_has_no_effect() {
        var sender = house.puppet(kind);
        var dead = house.corpse(NORMAL);
        sender.does(context -> context.exit(dead, custom("late")));
        sender.does(context -> context.kill(dead));
        house.node().exit(dead, custom("late"));
        house.node().kill(dead);

        assertThat(sender.isAlive()).isTrue();
    }

    @Test
    void the_first_fatal_signal_decides_the_reason() {
        var target = house.puppet(kind);
        var sender = house.puppet(kind);
        sender.does(
                context -> {
                    context.exit(target.pid(), custom("first"));
                    context.exit(target.pid(), custom("second"));
                    context.kill(target.pid());
                });

        assertThat(target.end()).isEqualTo(custom("first"));
    }

    @Test
    void exits_and_messages_of_one_sender_arrive_in_the_order_in_which_they_were_sent() {
        var target = house.puppet(kind).trapping();
        var sender = house.puppet(kind);
        sender.does(
                context -> {
                    for (int i = 0; i < 1_000; i++) {
                        target.ref().send("message " + i);
                        context.exit(target.pid(), custom("exit " + i));
                    }
                });

        for (int i = 0; i < 1_000; i++) {
            assertThat(target.hears()).isEqualTo("message " + i);
            assertThat(target.hears()).isEqualTo(new Exited(sender.pid(), custom("exit " + i)));
        }
    }

    @Test
    void an_exit_that_is_not_trapped_does_not_wait_behind_messages() {
        var target = house.puppet(kind);
        var sender = house.puppet(kind);
        sender.does(
                context -> {
                    for (int i = 0; i < 100_000; i++) {
                        target.ref().send(i);
                    }
                    context.exit(target.pid(), custom("now"));
                });

        assertThat(target.end()).isEqualTo(custom("now"));
        house.quiet();
        assertThat(target.heard().size()).isLessThanOrEqualTo(100_000);
    }

    @Test
    void a_null_reason_or_target_is_refused_where_it_is_given() {
        var target = house.puppet(kind);
        var sender = house.puppet(kind);

        assertThatThrownBy(() -> sender.does(context -> context.exit(target.pid(), null)))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> sender.does(context -> context.exit(null, NORMAL)))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> sender.does(context -> context.stop(null)))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> sender.does(context -> context.link(null)))
                .isInstanceOf(NullPointerException.class);
        assertThat(target.isAlive()).isTrue();
        assertThat(sender.isAlive()).isTrue();
    }

    @Test
    void the_outside_cannot_be_linked_or_sent_to() {
        var process = house.puppet(kind);
        var outside = house.node().outside();

        assertThatThrownBy(() -> process.does(context -> context.link(outside)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> process.does(context -> context.exit(outside, NORMAL)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(process.isAlive()).isTrue();
    }
}
