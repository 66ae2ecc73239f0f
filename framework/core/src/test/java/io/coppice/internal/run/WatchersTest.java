package io.coppice.internal.run;

import static io.coppice.actor.MailboxBound.bounded;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.CallFailure;
import io.coppice.actor.Name;
import io.coppice.actor.Overflow;
import io.coppice.actor.SpawnOptions;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Waiting;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;

/** Those who wait for an answer watch who is to give it; nobody may be left when nobody waits. */
class WatchersTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension private final House house = new House();

    private static int watchers(Pid pid) {
        try {
            var field = Signalled.class.getDeclaredField("watchers");
            field.setAccessible(true);
            var process = LocalProcess.of(pid);
            var seen = new ArrayList<Watcher>();
            process.lock();
            try {
                Listed.forEach((Watcher) field.get(process), seen::add);
            } finally {
                process.unlock();
            }
            return seen.size();
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void a_caller_that_is_killed_while_it_waits_for_room_leaves_no_watcher_behind() {
        var door = house.door();
        var full =
                house.puppet(
                        Puppet.Kind.ACTOR,
                        SpawnOptions.defaults().withMailbox(bounded(1, Overflow.BLOCK)));
        int before = watchers(full.pid());
        full.tell(context -> Waiting.on(door));
        Waiting.until("the mailbox being full").until(() -> !full.ref().offer("a").isAccepted());
        for (int i = 0; i < 20; i++) {
            var caller = house.puppet();
            caller.tell(context -> full.ref().call(replyTo -> "ask", MINUTE));
            Waiting.until("the caller watching").until(() -> watchers(full.pid()) > before);
            house.node().kill(caller.pid());
            Waiting.until("the caller's return").until(() -> watchers(full.pid()) == before);
        }
    }

    @Test
    void a_request_that_is_answered_before_it_is_asked_leaves_no_watcher_behind() {
        var desk = house.puppet();
        int before = watchers(desk.pid());
        Object answer =
                desk.ref()
                        .call(
                                replyTo -> {
                                    replyTo.send("at once");
                                    return "asked all the same";
                                },
                                MINUTE);
        assertThat(answer).isEqualTo("at once");
        assertThat(desk.hears()).isEqualTo("asked all the same");
        assertThat(watchers(desk.pid())).isEqualTo(before);
    }

    @Test
    void a_request_that_was_held_until_its_time_was_over_leaves_none_to_who_takes_the_name() {
        var name = Name.<Object>of("later");
        house.node().registry().hold(name, 10);
        try {
            house.node().registry().ref(name).call(replyTo -> "late", Duration.ofMillis(5));
        } catch (CallFailure timeout) {
            assertThat(timeout).hasMessageContaining("PT0.005S");
        }
        var plain = house.puppet();
        var taker = house.puppet(Puppet.Kind.ACTOR, SpawnOptions.defaults().withName(name));
        house.quiet();
        assertThat(watchers(taker.pid())).isEqualTo(watchers(plain.pid()));
    }
}
