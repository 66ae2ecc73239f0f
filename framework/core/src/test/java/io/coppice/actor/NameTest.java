package io.coppice.actor;

import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.NO_PROCESS;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.Down;
import io.coppice.process.Exited;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Names: one process per name, one name per process, free before anybody hears of a death. */
@ParameterizedClass
@EnumSource(Kind.class)
class NameTest {

    private static final Name<Object> DESK = Name.of("desk");
    private static final Name<Object> LAMP = Name.of("lamp");
    private static final SpawnOptions<Object> OPTIONS = SpawnOptions.defaults();

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    private Registry registry() {
        return house.node().registry();
    }

    @Test
    void a_process_is_found_by_its_name() {
        var process = house.puppet(kind, OPTIONS.withName(DESK));

        assertThat(registry().lookup(DESK)).contains(process.ref());
        assertThat(process.info().name()).contains("desk");
    }

    @Test
    void a_process_has_its_name_before_its_init() {
        var found = new java.util.concurrent.CompletableFuture<Boolean>();
        ActorFactory<Object> factory =
                context -> {
                    found.complete(
                            context.node().registry().lookup(DESK).stream()
                                    .anyMatch(context.self()::equals));
                    return message -> {};
                };
        house.keepRef(house.node().start(factory, OPTIONS.withName(DESK)));

        assertThat(Waiting.of(found)).isTrue();
    }

    @Test
    void nobody_is_found_by_a_name_that_nobody_has() {
        assertThat(registry().lookup(DESK)).isEmpty();
    }

    @Test
    void a_name_that_is_taken_cannot_be_given_to_another() {
        house.puppet(kind, OPTIONS.withName(DESK));
        var other = house.puppet(kind);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry().register(DESK, other.ref()))
                .withMessageContaining("desk");
        assertThat(other.info().name()).isEmpty();
    }

    @Test
    void a_process_has_one_name_at_most() {
        var process = house.puppet(kind, OPTIONS.withName(DESK));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry().register(LAMP, process.ref()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry().register(DESK, process.ref()));
        assertThat(registry().lookup(LAMP)).isEmpty();
        assertThat(registry().lookup(DESK)).contains(process.ref());
    }

    @Test
    void the_dead_take_no_name() {
        var process = house.puppet(kind);
        house.node().kill(process.pid());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry().register(DESK, process.ref()));
        assertThat(registry().lookup(DESK)).isEmpty();
    }

    @Test
    void a_name_that_was_taken_back_can_be_given_again() {
        var first = house.puppet(kind, OPTIONS.withName(DESK));
        var second = house.puppet(kind);
        registry().unregister(DESK);
        assertThat(registry().lookup(DESK)).isEmpty();
        registry().register(DESK, second.ref());
        registry().register(LAMP, first.ref());

        house.node().kill(first.pid());

        assertThat(registry().lookup(DESK)).contains(second.ref());
        assertThat(registry().lookup(LAMP)).isEmpty();
    }

    @Test
    void a_name_that_nobody_has_cannot_be_taken_back() {
        assertThatIllegalArgumentException().isThrownBy(() -> registry().unregister(DESK));
    }

    // Death

    @Test
    void a_name_is_free_when_the_exit_of_its_holder_is_heard() {
        var watcher = house.puppet(kind);
        watcher.does(
                context ->
                        context.trapExits(
                                news -> context.node().registry().lookup(DESK).isPresent()));
        for (int i = 0; i < 500; i++) {
            var holder =
                    watcher.ask(
                            context ->
                                    context.startLinked(
                                            (ActorFactory<Object>) child -> message -> {},
                                            OPTIONS.withName(DESK)));
            house.node().exit(holder.pid(), custom("over"));
            assertThat(watcher.hears()).isEqualTo(false);
        }
    }

    @Test
    void a_name_is_free_for_a_successor_when_the_news_of_the_death_of_its_holder_is_heard() {
        var watcher = house.puppet(kind);
        for (int i = 0; i < 500; i++) {
            var holder = house.puppet(kind, OPTIONS.withName(DESK));
            watcher.does(
                    context ->
                            context.monitor(
                                    holder.pid(),
                                    news ->
                                            context.spawn(
                                                    (ActorFactory<Object>) c -> message -> {},
                                                    OPTIONS.withName(DESK))));
            holder.tell(context -> context.stop(NORMAL));
            var successor = (ActorRef<?>) watcher.hears();
            house.quiet();
            assertThat(registry().lookup(DESK)).contains(cast(successor));
            house.node().kill(successor.pid());
        }
    }

    @SuppressWarnings("unchecked")
    private static ActorRef<Object> cast(ActorRef<?> ref) {
        return (ActorRef<Object>) ref;
    }

    @Test
    void who_has_seen_that_the_holder_is_gone_can_take_its_name() {
        // The killer's thread is still telling the links of the first: the last has died already.
        var watcher = house.puppet(kind);
        for (int round = 0; round < 20; round++) {
            var first = house.puppet(Kind.ACTOR).trapping();
            var last = house.puppet(kind, OPTIONS.withName(DESK));
            last.does(context -> context.link(first.pid()));
            for (int i = 0; i < 500; i++) {
                house.child(first, Kind.ACTOR);
            }
            var killed = new CountDownLatch(1);
            Thread.ofPlatform()
                    .start(
                            () -> {
                                house.node().kill(first.pid());
                                killed.countDown();
                            });
            while (last.isAlive()) {
                Thread.onSpinWait();
            }
            var monitor = watcher.ask(context -> context.monitor(last.pid(), news -> news));
            assertThat(watcher.hears()).isEqualTo(new Down(monitor, NO_PROCESS));
            var successor = house.puppet(kind, OPTIONS.withName(DESK));
            Waiting.on(killed);
            assertThat(registry().lookup(DESK)).contains(successor.ref());
            house.node().kill(successor.pid());
        }
    }

    // References by name

    @Test
    void a_reference_by_name_finds_whoever_has_the_name_at_each_use() {
        var ref = registry().ref(DESK);
        var first = house.puppet(kind, OPTIONS.withName(DESK));
        ref.send("one");
        assertThat(first.hears()).isEqualTo("one");
        assertThat(ref.pid()).isEqualTo(first.pid());
        house.node().kill(first.pid());
        var second = house.puppet(kind, OPTIONS.withName(DESK));
        ref.send("two");

        assertThat(second.hears()).isEqualTo("two");
        assertThat(ref.pid()).isEqualTo(second.pid());
        assertThat(ref).isEqualTo(registry().ref(DESK)).hasToString("desk");
    }

    @Test
    void what_is_sent_to_a_name_that_nobody_has_is_lost_and_counted() {
        var ref = registry().ref(DESK);
        ref.send("lost");

        assertThat(house.node().fates().refused()).containsEntry(Fates.Refused.NO_SUCH_NAME, 1L);
        assertThatThrownBy(ref::pid).isInstanceOf(NoSuchProcess.class).hasMessageContaining("desk");
    }

    @Test
    void a_call_to_a_name_that_nobody_has_fails_at_once() {
        ActorRef<Object> ref = registry().ref(DESK);

        assertThatThrownBy(() -> ref.call(replyTo -> "hello", Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(
                        CalleeEnded.class,
                        failure -> assertThat(failure.reason()).isEqualTo(NO_PROCESS));
    }

    @Test
    void a_request_to_a_name_that_nobody_has_is_answered_at_once() {
        var process = house.puppet(kind);
        process.does(
                context ->
                        context.request(
                                registry().ref(DESK),
                                replyTo -> "hello",
                                Duration.ofMinutes(1),
                                answer -> answer));

        assertThat(process.hears()).isEqualTo(new Answer.Ended<>(NO_PROCESS));
    }

    @Test
    void links_and_monitors_survive_the_loss_of_a_name() {
        var watcher = house.puppet(kind).trapping();
        var holder = house.child(watcher, kind);
        registry().register(DESK, holder.ref());
        registry().unregister(DESK);
        holder.tell(context -> context.stop(custom("over")));

        assertThat(watcher.hears()).isEqualTo(new Exited(holder.pid(), custom("over")));
    }

    @Test
    void a_blank_name_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Name.of(" "));
        assertThatThrownBy(() -> Name.of(null)).isInstanceOf(NullPointerException.class);
    }
}
