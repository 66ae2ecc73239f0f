package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.Exited;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Code that runs on after its process was killed, because it ignores interrupts: it is a process no
 * more.
 */
@ParameterizedClass
@EnumSource(Kind.class)
class ZombieTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Name<Object> DESK = Name.of("desk");
    private static final SpawnOptions<Object> OPTIONS = SpawnOptions.defaults();
    private static final ActorFactory<Object> IDLE = context -> message -> {};
    private static final Program<Object> WAITING = (context, inbox) -> inbox.take();

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    /** A process that is killed inside a handler, which then goes on with {@code act}. */
    private final class Undead {
        private final Puppet process;
        private final CountDownLatch door = house.door();
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();

        Undead(Puppet process, Puppet.Act act) {
            this.process = process;
            var entered = new CountDownLatch(1);
            process.tell(
                    context -> {
                        entered.countDown();
                        Waiting.stubbornlyOn(door);
                        try {
                            act.in(context);
                        } finally {
                            done.complete(true);
                        }
                    });
            Waiting.on(entered);
            house.node().kill(process.pid());
        }

        void rise() {
            door.countDown();
            Waiting.of(done);
            house.quiet();
        }
    }

    @Test
    void what_it_sends_is_dropped_and_counted() {
        var witness = house.puppet(kind);
        var byName = house.puppet(kind, OPTIONS.withName(DESK));
        var undead =
                new Undead(
                        house.puppet(kind),
                        context -> {
                            for (int i = 0; i < 10; i++) {
                                witness.ref().send(i);
                            }
                            house.node().registry().ref(DESK).send("by name");
                        });
        assertThat(undead.process.end()).isEqualTo(KILLED);
        undead.rise();

        assertThat(witness.heard()).isEmpty();
        assertThat(byName.heard()).isEmpty();
        assertThat(house.node().fates().dropped()).containsEntry(Fates.Dropped.SENDER_ENDED, 11L);
    }

    @Test
    void what_it_makes_of_news_is_not_handled() {
        var made = new CountDownLatch(1);
        var door = house.door();
        var corpse = house.corpse(KILLED);
        var process = house.puppet(kind);
        process.tell(
                context ->
                        context.monitor(
                                corpse,
                                down -> {
                                    made.countDown();
                                    Waiting.stubbornlyOn(door);
                                    return "made of news";
                                }));
        Waiting.on(made);
        house.node().kill(process.pid());
        door.countDown();
        house.awaitNoZombies();
        house.quiet();

        assertThat(process.heard()).isEmpty();
        assertThat(house.node().fates().dropped()).containsEntry(Fates.Dropped.RECEIVER_ENDED, 1L);
    }

    @Test
    void one_that_kills_itself_while_it_makes_a_message_of_news_does_not_handle_it() {
        var corpse = house.corpse(KILLED);
        var process = house.puppet(kind);
        process.tell(
                context ->
                        context.monitor(
                                corpse,
                                down -> {
                                    try {
                                        context.kill(context.self().pid());
                                    } catch (ProcessEnded ended) {
                                        // it goes on all the same
                                    }
                                    return "made of news";
                                }));
        assertThat(process.end()).isEqualTo(KILLED);
        house.quiet();

        assertThat(process.heard()).isEmpty();
    }

    @Test
    void what_it_replies_is_refused_and_counted() {
        var asker = house.puppet(kind);
        var clerk = house.puppet(kind);
        var desk = house.puppet(kind);
        var kept = new CompletableFuture<ReplyTo<Object>>();
        asker.does(
                context ->
                        context.<Object, Object>request(
                                desk.ref(),
                                replyTo -> (Puppet.Act) c -> kept.complete(replyTo),
                                MINUTE,
                                answer -> answer));
        var undead = new Undead(clerk, context -> kept.join().send("from beyond"));
        undead.rise();
        Waiting.of(kept).send("from the living");

        assertThat(asker.hears()).isEqualTo(new Answer.Received<>("from the living"));
        assertThat(house.node().fates().refused()).containsEntry(Fates.Refused.SENDER_DEAD, 1L);
    }

    @Test
    void whatever_it_tries_through_its_context_or_its_node_is_refused() {
        var other = house.puppet(kind);
        var process = house.puppet(kind);
        var named = house.puppet(kind, OPTIONS.withName(DESK));
        List<String> acts = new ArrayList<>();
        List<String> done = new ArrayList<>();
        List<String> otherwise = new ArrayList<>();
        var undead =
                new Undead(
                        process,
                        context ->
                                acts(context, process, other)
                                        .forEach(
                                                (name, act) -> {
                                                    acts.add(name);
                                                    try {
                                                        act.run();
                                                        done.add(name);
                                                    } catch (ProcessEnded refused) {
                                                        // as it should be
                                                    } catch (Throwable thrown) {
                                                        otherwise.add(name + ": " + thrown);
                                                    }
                                                }));
        undead.rise();
        int tried = acts.size();

        assertThat(done).as("what a dead process could still do").isEmpty();
        assertThat(otherwise).as("what was refused otherwise").isEmpty();
        assertThat(house.node().fates().refused())
                .containsEntry(Fates.Refused.CALLER_DEAD, (long) tried);
        assertThat(other.isAlive()).isTrue();
        assertThat(other.links()).isEmpty();
        assertThat(other.heard()).isEmpty();
        assertThat(other.info().monitoredBy()).isZero();
        assertThat(house.node().registry().lookup(DESK)).contains(named.ref());
        house.awaitProcesses(2);
        house.awaitNoTimers();
    }

    private Map<String, Runnable> acts(Context<Object> context, Puppet process, Puppet other) {
        var acts = new LinkedHashMap<String, Runnable>();
        var pid = other.pid();
        var node = context.node();
        acts.put("link", () -> context.link(pid));
        acts.put("unlink", () -> context.unlink(pid));
        acts.put("unlinkAndFlush", () -> context.unlinkAndFlush(pid));
        acts.put("trapExits", () -> context.trapExits(news -> news));
        acts.put("stopTrappingExits", () -> context.stopTrappingExits());
        acts.put("monitor", () -> context.monitor(pid, news -> news));
        acts.put("exit", () -> context.exit(pid, custom("from beyond")));
        acts.put("exit itself", () -> context.exit(process.pid(), NORMAL));
        acts.put("kill", () -> context.kill(pid));
        acts.put("stop", () -> context.stop(NORMAL));
        acts.put("started", () -> context.started());
        acts.put("spawn actor", () -> context.spawn(IDLE));
        acts.put("spawn program", () -> context.spawn(WAITING));
        acts.put("spawnLinked", () -> context.spawnLinked(IDLE));
        acts.put("spawnMonitored", () -> context.spawnMonitored(IDLE, OPTIONS, news -> news));
        acts.put("start", () -> context.start(IDLE));
        acts.put("startLinked", () -> context.startLinked(WAITING, OPTIONS));
        acts.put("startLinked then", () -> context.startLinked(IDLE, OPTIONS, done -> done));
        acts.put(
                "request",
                () ->
                        context.<Object, Object>request(
                                other.ref(), replyTo -> "request", MINUTE, answer -> answer));
        acts.put("call", () -> other.ref().call(replyTo -> "call", MINUTE));
        acts.put("timers", () -> context.timers().after(MINUTE, "tick"));
        acts.put("own", () -> context.own((AutoCloseable) () -> {}));
        acts.put("node.exit", () -> node.exit(pid, custom("from beyond")));
        acts.put("node.kill", () -> node.kill(pid));
        acts.put("node.spawn", () -> node.spawn(IDLE));
        acts.put("node.start", () -> node.start(WAITING));
        acts.put("unregister", () -> node.registry().unregister(DESK));
        acts.put("register", () -> node.registry().register(Name.of("new"), other.ref()));
        return acts;
    }

    @Test
    void a_successor_takes_over_its_name_and_its_work_meanwhile() {
        var supervisor = house.puppet(kind).trapping();
        var first = house.child(supervisor, kind);
        house.node().registry().register(DESK, first.ref());
        var witness = house.puppet(kind);
        var undead = new Undead(first, context -> house.node().registry().ref(DESK).send("undead"));
        assertThat(supervisor.hears()).isEqualTo(new Exited(first.pid(), KILLED));
        var second = house.child(supervisor, kind);
        house.node().registry().register(DESK, second.ref());
        house.node()
                .registry()
                .ref(DESK)
                .send((Puppet.Act) context -> witness.ref().send("served by the second"));

        assertThat(witness.hears()).isEqualTo("served by the second");
        undead.rise();
        assertThat(second.heard()).isEmpty();
        assertThat(house.node().registry().lookup(DESK)).contains(second.ref());
        assertThat(supervisor.links()).containsExactly(second.pid());
    }

    @Test
    void what_it_returns_or_throws_changes_nothing() {
        var watcher = house.puppet(kind).trapping();
        var process = house.child(watcher, kind);
        var undead =
                new Undead(
                        process,
                        context -> {
                            throw new AssertionError("nobody hears this");
                        });
        undead.rise();

        assertThat(watcher.heard()).containsExactly(new Exited(process.pid(), KILLED));
        assertThat(process.stopped()).isNotDone();
        assertThat(house.crashes().events()).isEmpty();
    }

    @Test
    void it_does_not_see_the_messages_that_wait() {
        var process = house.puppet(kind);
        var undead = new Undead(process, context -> {});
        process.ref().send("late");
        undead.rise();

        assertThat(process.heard()).isEmpty();
    }

    @Test
    void a_hundred_of_them_do_not_stop_the_others() {
        var undead = new ArrayList<Undead>();
        for (int i = 0; i < 100; i++) {
            undead.add(new Undead(house.puppet(kind), context -> {}));
        }
        var ann = house.puppet(kind);
        var bob = house.puppet(kind);
        for (int i = 0; i < 100; i++) {
            ann.does(context -> bob.ref().send("hello"));
            assertThat(bob.hears()).isEqualTo("hello");
        }

        undead.forEach(one -> one.door.countDown());
        undead.forEach(Undead::rise);
    }
}
