package io.coppice.actor;

import static io.coppice.process.ExitReason.NORMAL;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** Every message has one fate, and is counted once. */
@ParameterizedClass
@EnumSource(Kind.class)
class FatesTest {

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    @Test
    void a_message_that_is_handled_is_counted_as_accepted_and_handled() {
        var process = house.puppet(kind);
        house.quiet();
        var before = house.node().fates();
        for (int i = 0; i < 100; i++) {
            process.ref().send(i);
        }
        for (int i = 0; i < 100; i++) {
            process.hears();
        }
        house.quiet();
        var after = house.node().fates();

        assertThat(after.accepted() - before.accepted()).isEqualTo(100);
        assertThat(after.handled() - before.handled()).isEqualTo(100);
        assertThat(after.dropped()).isEqualTo(before.dropped());
        assertThat(after.refused()).isEqualTo(before.refused());
    }

    @Test
    void a_message_to_the_dead_is_counted_as_refused() {
        var dead = house.puppet(kind);
        house.node().kill(dead.pid());
        for (int i = 0; i < 100; i++) {
            dead.ref().send(i);
        }

        assertThat(house.node().fates().refused()).containsEntry(Fates.Refused.RECEIVER_DEAD, 100L);
    }

    @Test
    void a_null_message_is_refused_where_it_is_sent() {
        var process = house.puppet(kind);

        assertThatThrownBy(() -> process.ref().send(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(
                        () -> process.ref().call(replyTo -> null, java.time.Duration.ofMinutes(1)))
                .isInstanceOf(NullPointerException.class);
        assertThat(process.isAlive()).isTrue();
        house.quiet();
    }

    @Test
    void a_message_during_which_the_receiver_ends_was_handled_and_those_behind_it_are_dropped() {
        var process = house.puppet(kind);
        var door = house.door();
        process.tell(
                context -> {
                    Waiting.on(door);
                    throw context.stop(NORMAL);
                });
        for (int i = 0; i < 10; i++) {
            process.ref().send(i);
        }
        house.node().fates();
        door.countDown();
        process.end();
        house.quiet();

        assertThat(house.node().fates().dropped()).containsEntry(Fates.Dropped.RECEIVER_ENDED, 10L);
    }

    @Test
    void no_message_is_lost_or_counted_twice_in_a_chaos_of_senders_and_deaths() {
        int senders = 8;
        var receivers = new ArrayList<Puppet>();
        for (int i = 0; i < 20; i++) {
            receivers.add(house.puppet(i % 2 == 0 ? Kind.ACTOR : Kind.PROGRAM));
        }
        house.quiet();
        long accepted = house.node().fates().accepted();
        long refused = refused();
        var done = new CountDownLatch(senders);
        int each = 20_000;
        for (int s = 0; s < senders; s++) {
            var random = new Random(s);
            var sender = house.puppet(kind);
            sender.tell(
                    context -> {
                        for (int i = 0; i < each; i++) {
                            receivers.get(random.nextInt(receivers.size())).ref().send(i);
                            if (i % 5_000 == 4_999) {
                                var victim = receivers.get(random.nextInt(receivers.size()));
                                context.kill(victim.pid());
                            }
                        }
                        done.countDown();
                    });
        }
        Waiting.on(done);
        house.quiet();
        int started = senders + senders; // the first step of each, and its one act
        long deaths = receivers.stream().filter(receiver -> !receiver.isAlive()).count();

        assertThat(house.node().fates().accepted() - accepted + refused() - refused)
                .isEqualTo((long) senders * each + started + deaths);
    }

    private long refused() {
        return house.node().fates().refused().values().stream().mapToLong(Long::longValue).sum();
    }
}
