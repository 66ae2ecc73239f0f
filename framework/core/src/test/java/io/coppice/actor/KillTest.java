package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.EveryExecutor;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.Exited;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Kills: no process can refuse one, whatever it is doing. */
@EveryExecutor
class KillTest {

    @RegisterExtension private final House house;

    private final Kind kind;

    KillTest(Kind kind, int workers) {
        this.kind = kind;
        this.house = new House().withWorkers(workers);
    }

    @Test
    void a_kill_ends_a_process_that_traps_exits() {
        var target = house.puppet(kind).trapping();
        var killer = house.puppet(kind);
        killer.does(context -> context.kill(target.pid()));

        assertThat(target.end()).isEqualTo(KILLED);
        house.quiet();
        assertThat(target.heard()).isEmpty();
    }

    @Test
    void a_kill_from_outside_ends_a_process_that_traps_exits() {
        var target = house.puppet(kind).trapping();
        house.node().kill(target.pid());

        assertThat(target.isAlive()).isFalse();
        assertThat(target.end()).isEqualTo(KILLED);
    }

    @Test
    void a_process_can_kill_itself() {
        var target = house.puppet(kind).trapping();

        assertThat(target.thrownBy(context -> context.kill(target.pid())))
                .isInstanceOf(ProcessEnded.class);

        assertThat(target.end()).isEqualTo(KILLED);
    }

    @Test
    void those_linked_to_the_killed_hear_killed() {
        var trapping = house.puppet(kind).trapping();
        var target = house.child(trapping, kind);
        var bystander = house.child(target, kind);
        house.node().kill(target.pid());

        assertThat(trapping.hears()).isEqualTo(new Exited(target.pid(), KILLED));
        assertThat(bystander.end()).isEqualTo(KILLED);
    }

    @Test
    void a_linked_process_can_trap_the_end_of_one_that_stops_with_kill() {
        var trapping = house.puppet(kind).trapping();
        var target = house.child(trapping, kind);
        target.tell(context -> context.stop(custom("kill")));

        assertThat(trapping.hears()).isEqualTo(new Exited(target.pid(), custom("kill")));
        assertThat(trapping.isAlive()).isTrue();
    }

    @Test
    void killed_as_a_reason_sent_on_purpose_can_be_trapped() {
        var target = house.puppet(kind).trapping();
        var sender = house.puppet(kind);
        sender.does(context -> context.exit(target.pid(), KILLED));

        assertThat(target.hears()).isEqualTo(new Exited(sender.pid(), KILLED));
        assertThat(target.isAlive()).isTrue();
    }

    @Test
    void a_chain_ends_at_the_first_that_traps_whatever_its_place() {
        for (int trapper = 1; trapper <= 3; trapper++) {
            var first = house.puppet(kind);
            var second = house.child(first, kind);
            var third = house.child(second, kind);
            var chain = java.util.List.of(first, second, third);
            if (trapper < 3) {
                chain.get(trapper).trapping();
            }
            house.node().kill(first.pid());
            house.quiet();

            for (int i = 1; i < 3; i++) {
                assertThat(chain.get(i).isAlive())
                        .as("place %d alive when place %d traps", i, trapper)
                        .isEqualTo(i >= trapper);
            }
            if (trapper < 3) {
                assertThat(chain.get(trapper).hears())
                        .isEqualTo(new Exited(chain.get(trapper - 1).pid(), KILLED));
            }
        }
    }

    @Test
    void a_kill_does_not_wait_for_a_handler_that_blocks_and_interrupts_it() {
        var target = house.puppet(kind);
        var linked = house.child(target, kind);
        var entered = new CountDownLatch(1);
        var interrupted = new CompletableFuture<Boolean>();
        target.tell(
                context -> {
                    entered.countDown();
                    try {
                        house.door().await();
                        interrupted.complete(false);
                    } catch (InterruptedException e) {
                        interrupted.complete(true);
                    }
                });
        Waiting.on(entered);
        house.node().kill(target.pid());

        assertThat(target.isAlive()).isFalse();
        assertThat(linked.end()).isEqualTo(KILLED);
        assertThat(Waiting.of(interrupted)).isTrue();
    }

    @Test
    void an_exit_does_not_wait_for_a_handler_that_blocks_and_interrupts_it() {
        var target = house.puppet(kind);
        var linked = house.child(target, kind);
        var entered = new CountDownLatch(1);
        var interrupted = new CompletableFuture<Boolean>();
        target.tell(
                context -> {
                    entered.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        LockSupport.park(); // may return for no reason
                    }
                    interrupted.complete(true);
                });
        Waiting.on(entered);
        house.node().exit(target.pid(), custom("now"));

        assertThat(target.isAlive()).isFalse();
        assertThat(linked.end()).isEqualTo(custom("now"));
        assertThat(Waiting.of(interrupted)).isTrue();
    }

    @Test
    void a_kill_does_not_wait_for_a_handler_that_computes_and_interrupts_it() {
        var target = house.puppet(kind);
        var linked = house.child(target, kind);
        var entered = new CountDownLatch(1);
        var seen = new CompletableFuture<Boolean>();
        target.tell(
                context -> {
                    entered.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    seen.complete(true);
                });
        Waiting.on(entered);
        house.node().kill(target.pid());

        assertThat(linked.end()).isEqualTo(KILLED);
        assertThat(Waiting.of(seen)).isTrue();
    }

    @Test
    void what_waits_in_the_mailbox_of_the_killed_is_never_handled() {
        var target = house.puppet(kind);
        var entered = new CountDownLatch(1);
        var door = house.door();
        target.tell(
                context -> {
                    entered.countDown();
                    Waiting.stubbornlyOn(door);
                });
        Waiting.on(entered);
        for (int i = 0; i < 1_000; i++) {
            target.ref().send(i);
        }
        house.node().kill(target.pid());
        door.countDown();
        house.quiet();

        assertThat(target.heard()).isEmpty();
        assertThat(house.node().fates().dropped().get(Fates.Dropped.RECEIVER_ENDED))
                .isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void two_processes_may_kill_each_other() {
        for (int i = 0; i < 1_000; i++) {
            var ann = house.puppet(kind);
            var bob = house.puppet(kind);
            ann.tell(context -> context.kill(bob.pid()));
            bob.tell(context -> context.kill(ann.pid()));
            Waiting.until("one of them being dead").until(() -> !ann.isAlive() || !bob.isAlive());
        }
    }
}
