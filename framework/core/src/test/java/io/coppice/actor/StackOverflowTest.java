package io.coppice.actor;

import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason.Crashed;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A handler that runs out of stack in the middle of an act, at any depth of it, hurts nobody else:
 * no lock stays held, no mailbox is torn, no timer is lost, and the node ends.
 */
@Tag("stress")
@ParameterizedClass
@EnumSource(Kind.class)
class StackOverflowTest {

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    /** How many levels above the deepest act again: more than one act takes of the stack. */
    private static final int LEVELS = 500;

    /** Does {@code act} where the stack has hardly room for it, from many different starts. */
    private void exhaust(Victims victims) {
        for (int round = 0; round < Duel.rounds(12); round++) {
            int offset = round;
            var process = house.puppet(kind);
            var peer = house.puppet(kind).trapping();
            var act = victims.act(process, peer);
            process.tell(context -> sink(context, act, offset));

            assertThat(process.end())
                    .isInstanceOfSatisfying(
                            Crashed.class,
                            crash ->
                                    assertThat(crash.throwable())
                                            .isInstanceOf(StackOverflowError.class));
            assertStillWorks(peer);
            house.node().kill(peer.pid());
            house.quiet();
        }
    }

    @FunctionalInterface
    private interface Victims {
        Puppet.Act act(Puppet process, Puppet peer);
    }

    private static int sink(Context<Object> context, Puppet.Act act, int offset) throws Exception {
        if (offset > 0) {
            return sink(context, act, offset - 1) + 1; // begins at another depth each time
        }
        return dig(context, act, new AtomicInteger(LEVELS)) + 1;
    }

    /**
     * Acts on the way back: a virtual thread that waits in an act leaves its frames in the heap, so
     * one that acts on the way down never reaches an end.
     */
    private static int dig(Context<Object> context, Puppet.Act act, AtomicInteger levels)
            throws Exception {
        try {
            return dig(context, act, levels) + 1;
        } catch (StackOverflowError full) {
            if (levels.getAndDecrement() > 0) {
                act.in(context);
            }
            throw full;
        }
    }

    private void assertStillWorks(Puppet peer) {
        assertThat(peer.<Integer>ask(context -> 42)).isEqualTo(42);
        Waiting.until("the end of links").untilAsserted(() -> assertThat(peer.links()).isEmpty());
        var innocent = house.puppet(kind);
        innocent.does(context -> context.timers().after(Duration.ZERO, "in time"));
        assertThat(innocent.hears()).isEqualTo("in time");
    }

    @Test
    void in_a_send() {
        exhaust((process, peer) -> context -> peer.ref().send("deeper"));
    }

    @Test
    void in_a_send_to_itself() {
        exhaust((process, peer) -> context -> process.ref().send("deeper"));
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void in_offers_to_a_mailbox_with_a_bound(Overflow overflow) {
        var options = SpawnOptions.defaults().withMailbox(MailboxBound.bounded(8, overflow));
        exhaust(
                (process, peer) -> {
                    var bounded = house.puppet(kind, options);
                    return context -> bounded.ref().offer("deeper");
                });
    }

    @Test
    void in_sends_to_a_name_that_holds() {
        var name = Name.<Object>of("held");
        house.node().registry().hold(name, 100);
        exhaust(
                (process, peer) ->
                        context -> {
                            var answer = house.node().registry().ref(name).offer("deeper");
                            assertThat(answer).isNotNull();
                        });
    }

    @Test
    void in_links_and_unlinks() {
        exhaust(
                (process, peer) ->
                        context -> {
                            context.link(peer.pid());
                            context.unlink(peer.pid());
                        });
    }

    @Test
    void in_monitors() {
        exhaust(
                (process, peer) ->
                        context -> context.demonitor(context.monitor(peer.pid(), news -> news)));
    }

    @Test
    void in_exits() {
        exhaust((process, peer) -> context -> context.exit(peer.pid(), custom("deeper")));
    }

    @Test
    void in_timers() {
        exhaust(
                (process, peer) ->
                        context -> context.timers().after(Duration.ofDays(1), "never").cancel());
    }

    @Test
    void in_spawns() {
        exhaust(
                (process, peer) ->
                        context ->
                                context.spawnLinked((ActorFactory<Object>) child -> message -> {}));
    }

    @Test
    void in_requests() {
        exhaust(
                (process, peer) ->
                        context ->
                                context.<Object, Object>request(
                                        peer.ref(),
                                        replyTo -> (Puppet.Act) c -> replyTo.send("shallow"),
                                        Duration.ofMinutes(1),
                                        answer -> answer));
    }

    @Test
    void in_replies() {
        exhaust(
                (process, peer) -> {
                    var asked = new CompletableFuture<ReplyTo<Object>>();
                    peer.does(
                            context ->
                                    context.<Object, Object>request(
                                            process.ref(),
                                            replyTo -> {
                                                asked.complete(replyTo);
                                                return "asked";
                                            },
                                            Duration.ofMinutes(1),
                                            answer -> answer));
                    var replyTo = Waiting.of(asked);
                    return context -> replyTo.send("again");
                });
    }

    @Test
    void in_kills_of_new_processes() {
        exhaust(
                (process, peer) -> {
                    process.trapping();
                    return context ->
                            context.kill(
                                    context.spawnLinked(
                                                    (ActorFactory<Object>) child -> message -> {})
                                            .pid());
                });
    }

    @Test
    void in_sends_to_many_that_are_idle() {
        exhaust(
                (process, peer) -> {
                    var idle = Stream.generate(() -> house.puppet(kind)).limit(300).toList();
                    var next = new AtomicInteger();
                    return context ->
                            idle.get(next.getAndIncrement() % idle.size()).ref().send("wake");
                });
    }
}
