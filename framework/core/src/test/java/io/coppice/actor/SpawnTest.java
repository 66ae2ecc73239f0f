package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.crashed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.fixture.EveryExecutor;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Processes that processes create; the kind is the parent's. */
@EveryExecutor
class SpawnTest {

    private static final IllegalStateException BOOM = new IllegalStateException("boom");
    private static final SpawnOptions<Object> OPTIONS = SpawnOptions.defaults();

    private static final ActorFactory<Object> FAILING_ACTOR =
            context -> {
                throw BOOM;
            };
    private static final Program<Object> FAILING_PROGRAM =
            (context, inbox) -> {
                throw BOOM;
            };
    private static final Program<Object> SHORT_PROGRAM = (context, inbox) -> {};

    @RegisterExtension private final House house;

    private final Kind kind;

    SpawnTest(Kind kind, int workers) {
        this.kind = kind;
        this.house = new House().withWorkers(workers);
    }

    // Linked

    @Test
    void a_linked_child_that_fails_at_once_gives_one_exit_with_the_real_reason() {
        var parent = house.puppet(kind).trapping();
        for (int i = 0; i < 200; i++) {
            var actor = parent.ask(context -> context.spawnLinked(FAILING_ACTOR));
            assertThat(parent.hears()).isEqualTo(new Exited(actor.pid(), crashed(BOOM)));
            var program = parent.ask(context -> context.spawnLinked(FAILING_PROGRAM));
            assertThat(parent.hears()).isEqualTo(new Exited(program.pid(), crashed(BOOM)));
            var brief = parent.ask(context -> context.spawnLinked(SHORT_PROGRAM));
            assertThat(parent.hears()).isEqualTo(new Exited(brief.pid(), NORMAL));
        }
        house.quiet();
        assertThat(parent.heard()).isEmpty();
        assertThat(parent.links()).isEmpty();
    }

    @Test
    void a_parent_that_does_not_trap_ends_with_a_linked_child_that_fails_at_once() {
        var parent = house.puppet(kind);
        parent.tell(context -> context.spawnLinked(FAILING_ACTOR));

        assertThat(parent.end()).isEqualTo(crashed(BOOM));
    }

    @Test
    void a_linked_child_is_linked_before_its_init() {
        var parent = house.puppet(kind);
        var seen = new CompletableFuture<Set<Pid>>();
        ActorFactory<Object> looking =
                context -> {
                    var links = context.node().info(context.self().pid()).orElseThrow().links();
                    seen.complete(links);
                    return message -> {};
                };
        parent.does(context -> context.spawnLinked(looking));

        assertThat(Waiting.of(seen)).containsExactly(parent.pid());
    }

    @Test
    void a_linked_child_ends_with_its_parent() {
        var parent = house.puppet(kind);
        var actor = house.child(parent, Kind.ACTOR);
        var program = house.child(parent, Kind.PROGRAM);
        house.node().kill(parent.pid());

        assertThat(actor.end()).isEqualTo(KILLED);
        assertThat(program.end()).isEqualTo(KILLED);
    }

    @Test
    void a_child_knows_its_parent_and_the_parent_does_not_make_it_a_link() {
        var parent = house.puppet(kind);
        var known = new CompletableFuture<Optional<Pid>>();
        ActorFactory<Object> factory =
                context -> {
                    known.complete(context.parent());
                    return message -> {};
                };
        var child = house.keepRef(parent.ask(context -> context.spawn(factory)));
        var info = house.node().info(child.pid()).orElseThrow();

        assertThat(Waiting.of(known)).contains(parent.pid());
        assertThat(info.parent()).contains(parent.pid());
        assertThat(info.links()).isEmpty();
        assertThat(parent.links()).isEmpty();
    }

    @Test
    void a_process_from_outside_has_no_parent() {
        var process = house.puppet(kind);

        assertThat(process.<Optional<Pid>>ask(Context::parent)).isEmpty();
        assertThat(process.info().parent()).isEmpty();
    }

    @Test
    void a_child_that_is_not_linked_outlives_its_parent() {
        var parent = house.puppet(kind);
        ActorFactory<Object> factory = context -> message -> {};
        var child = house.keepRef(parent.ask(context -> context.spawn(factory)));
        house.node().kill(parent.pid());
        house.quiet();

        assertThat(house.node().isAlive(child.pid())).isTrue();
    }

    // Monitored

    @Test
    void a_monitored_child_that_fails_at_once_tells_once_with_the_real_reason() {
        var parent = house.puppet(kind);
        for (int i = 0; i < 200; i++) {
            var actor =
                    parent.ask(
                            context ->
                                    context.spawnMonitored(FAILING_ACTOR, OPTIONS, news -> news));
            assertThat(parent.hears()).isEqualTo(new Down(actor.monitor(), crashed(BOOM)));
            var program =
                    parent.ask(
                            context ->
                                    context.spawnMonitored(FAILING_PROGRAM, OPTIONS, news -> news));
            assertThat(parent.hears()).isEqualTo(new Down(program.monitor(), crashed(BOOM)));
            assertThat(program.monitor().pid()).contains(program.ref().pid());
        }
        house.quiet();
        assertThat(parent.heard()).isEmpty();
        assertThat(parent.isAlive()).isTrue();
        assertThat(parent.info().monitors()).isEmpty();
    }

    @Test
    void a_linked_and_monitored_child_tells_both_ways() {
        var parent = house.puppet(kind).trapping();
        var child =
                parent.ask(
                        context ->
                                context.spawnLinkedAndMonitored(
                                        FAILING_ACTOR, OPTIONS, news -> news));

        assertThat(List.of(parent.hears(), parent.hears()))
                .containsExactlyInAnyOrder(
                        new Exited(child.ref().pid(), crashed(BOOM)),
                        new Down(child.monitor(), crashed(BOOM)));
    }

    @Test
    void the_monitor_of_a_monitored_child_can_be_taken_back() {
        var parent = house.puppet(kind);
        ActorFactory<Object> factory = context -> message -> {};
        var child = parent.ask(context -> context.spawnMonitored(factory, OPTIONS, news -> news));
        house.keepRef(child.ref());

        assertThat(parent.<Boolean>ask(context -> context.demonitor(child.monitor()))).isTrue();
        house.node().kill(child.ref().pid());
        house.quiet();
        assertThat(parent.heard()).isEmpty();
    }

    // Anybody

    @Test
    void a_process_that_is_spawned_fails_without_its_spawner_being_told() {
        var parent = house.puppet(kind);
        var child = parent.ask(context -> context.spawn(FAILING_ACTOR));

        assertThat(Waiting.of(house.node().ended(child.pid())))
                .isIn(crashed(BOOM), ExitReason.NO_PROCESS);
        house.quiet();
        assertThat(parent.isAlive()).isTrue();
        assertThat(parent.heard()).isEmpty();
    }

    @Test
    void an_actor_factory_that_returns_null_is_a_crash() {
        var parent = house.puppet(kind).trapping();
        parent.does(context -> context.spawnLinked((ActorFactory<Object>) child -> null));

        assertThat(parent.hears(Exited.class).reason())
                .isInstanceOfSatisfying(
                        ExitReason.Crashed.class,
                        crash ->
                                assertThat(crash.throwable())
                                        .isInstanceOf(NullPointerException.class));
    }

    @Test
    void a_null_factory_is_refused_where_it_is_given() {
        var parent = house.puppet(kind);

        assertThatThrownBy(() -> parent.does(context -> context.spawn((ActorFactory<Object>) null)))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(
                        () -> parent.does(context -> context.spawnLinked((Program<Object>) null)))
                .isInstanceOf(NullPointerException.class);
        assertThat(parent.links()).isEmpty();
    }

    @Test
    void pids_are_unique_and_say_their_label() {
        var labelled = house.puppet(kind, OPTIONS.withLabel("till"));
        var named = house.puppet(kind, OPTIONS.withName(Name.of("bank")));

        assertThat(labelled.pid().label()).isEqualTo("till");
        assertThat(labelled.pid().toString()).isEqualTo("till<" + labelled.pid().number() + ">");
        assertThat(named.pid().label()).isEqualTo("bank");
        assertThat(named.pid()).isNotEqualTo(labelled.pid());
        assertThat(named.pid().number()).isNotEqualTo(labelled.pid().number());
    }
}
