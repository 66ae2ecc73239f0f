package io.coppice.actor;

import static io.coppice.process.ExitReason.NORMAL;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A context is its process's own: nobody else may act in its name. */
@ParameterizedClass
@EnumSource(Kind.class)
class ForeignThreadTest {

    private static final ActorFactory<Object> IDLE = context -> message -> {};
    private static final Program<Object> WAITING = (context, inbox) -> inbox.take();
    private static final SpawnOptions<Object> OPTIONS = SpawnOptions.defaults();
    private static final String STATUS = "published";

    @RegisterExtension private final House house = new House();

    private final Kind kind;
    private Puppet process;
    private Puppet other;
    private Context<Object> context;

    ForeignThreadTest(Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() {
        process = house.puppet(kind);
        other = house.puppet(kind);
        context = process.ask(own -> own);
        process.does(own -> own.publish(STATUS));
    }

    private Map<String, Runnable> acts() {
        var acts = new LinkedHashMap<String, Runnable>();
        var pid = other.pid();
        acts.put("link", () -> context.link(pid));
        acts.put("unlink", () -> context.unlink(pid));
        acts.put("unlinkAndFlush", () -> context.unlinkAndFlush(pid));
        acts.put("trapExits", () -> context.trapExits(news -> news));
        acts.put("stopTrappingExits", () -> context.stopTrappingExits());
        acts.put("monitor", () -> context.monitor(pid, news -> news));
        acts.put("monitor by name", () -> context.monitor(Name.of("x"), news -> news));
        acts.put("exit", () -> context.exit(pid, NORMAL));
        acts.put("kill", () -> context.kill(pid));
        acts.put("stop", () -> context.stop(NORMAL));
        acts.put("ignore", () -> context.ignore());
        acts.put("holdStart", () -> context.holdStart());
        acts.put("started", () -> context.started());
        acts.put("started with", () -> context.started("info"));
        acts.put("spawn actor", () -> context.spawn(IDLE));
        acts.put("spawn program", () -> context.spawn(WAITING));
        acts.put("spawnLinked actor", () -> context.spawnLinked(IDLE));
        acts.put("spawnLinked program", () -> context.spawnLinked(WAITING));
        acts.put("spawnMonitored", () -> context.spawnMonitored(IDLE, OPTIONS, news -> news));
        acts.put("monitored program", () -> context.spawnMonitored(WAITING, OPTIONS, n -> n));
        acts.put("both", () -> context.spawnLinkedAndMonitored(IDLE, OPTIONS, news -> news));
        acts.put("start actor", () -> context.start(IDLE));
        acts.put("start program", () -> context.start(WAITING));
        acts.put("startLinked actor", () -> context.startLinked(IDLE, OPTIONS));
        acts.put("startLinked program", () -> context.startLinked(WAITING, OPTIONS));
        acts.put("startLinked then", () -> context.startLinked(IDLE, OPTIONS, done -> done));
        acts.put(
                "request",
                () ->
                        context.<Object, Object>request(
                                other.ref(), replyTo -> "x", Duration.ofSeconds(1), a -> a));
        acts.put("timers", () -> context.timers());
        acts.put("drain", () -> context.drain(pid, () -> "drained"));
        acts.put("publish", () -> context.publish("something else"));
        acts.put("publish again", () -> context.publish(STATUS));
        acts.put("own", () -> context.own((AutoCloseable) () -> {}));
        return acts;
    }

    @Test
    void a_foreign_thread_may_not_use_a_context() {
        acts().forEach(
                        (name, act) ->
                                assertThat(catchThrowable(act::run))
                                        .as(name)
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasMessageContaining(process.toString()));
        assertNothingHappened();
    }

    @Test
    void another_process_may_not_use_a_context() {
        acts().forEach(
                        (name, act) ->
                                assertThat(other.thrownBy(its -> act.run()))
                                        .as(name)
                                        .isInstanceOf(IllegalStateException.class));
        assertNothingHappened();
    }

    @Test
    void a_thread_that_the_process_has_started_may_not_use_a_context() {
        var thrown =
                process.ask(
                        own -> {
                            var seen = new java.util.concurrent.CompletableFuture<Throwable>();
                            Thread.ofVirtual()
                                    .start(
                                            () ->
                                                    seen.complete(
                                                            catchThrowable(
                                                                    () -> own.kill(other.pid()))));
                            return seen.join();
                        });

        assertThat(thrown).isInstanceOf(IllegalStateException.class);
        assertThat(other.isAlive()).isTrue();
    }

    private void assertNothingHappened() {
        house.quiet();
        assertThat(process.isAlive()).isTrue();
        assertThat(other.isAlive()).isTrue();
        assertThat(process.links()).isEmpty();
        assertThat(process.info().monitors()).isEmpty();
        assertThat(process.info().trapsExits()).isFalse();
        assertThat(process.heard()).isEmpty();
        house.awaitProcesses(2);
        house.awaitNoTimers();
    }

    @Test
    void once_the_process_has_ended_everything_says_so() {
        house.node().kill(process.pid());

        acts().forEach(
                        (name, act) ->
                                assertThat(catchThrowable(act::run))
                                        .as(name)
                                        .isInstanceOf(ProcessEnded.class)
                                        .hasMessageContaining(process.toString()));
        house.awaitProcesses(1);
    }

    @Test
    void anybody_may_ask_a_context_who_it_is() {
        assertThat(context.self()).isEqualTo(process.ref());
        assertThat(context.node()).isSameAs(house.node());
        assertThat(context.parent()).isEmpty();
        assertThat(context.toString()).contains(process.toString());
        house.node().kill(process.pid());
        assertThat(context.self()).isEqualTo(process.ref());
    }
}
