package io.coppice.actor;

import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.EveryExecutor;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Turning the trapping of exits on and off. */
@EveryExecutor
class TrapTest {

    @RegisterExtension private final House house;

    private final Kind kind;

    TrapTest(Kind kind, int workers) {
        this.kind = kind;
        this.house = new House().withWorkers(workers);
    }

    @Test
    void a_process_is_born_without_trapping() {
        var process = house.puppet(kind);

        assertThat(process.info().trapsExits()).isFalse();
    }

    @Test
    void each_change_says_what_was_before() {
        var process = house.puppet(kind);

        assertThat(process.<Boolean>ask(context -> context.stopTrappingExits())).isFalse();
        assertThat(process.<Boolean>ask(context -> context.trapExits(news -> news))).isFalse();
        assertThat(process.info().trapsExits()).isTrue();
        assertThat(process.<Boolean>ask(context -> context.trapExits(news -> news))).isTrue();
        assertThat(process.<Boolean>ask(context -> context.stopTrappingExits())).isTrue();
        assertThat(process.info().trapsExits()).isFalse();
    }

    @Test
    void news_that_waits_when_trapping_is_turned_off_is_still_delivered() {
        var process = house.puppet(kind).trapping();
        process.does(
                context -> {
                    house.node().exit(process.pid(), custom("before"));
                    context.stopTrappingExits();
                });

        assertThat(process.hears()).isEqualTo(new Exited(house.node().outside(), custom("before")));
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void an_exit_after_trapping_was_turned_off_is_fatal() {
        var process = house.puppet(kind).trapping();
        process.does(Context::stopTrappingExits);
        house.node().exit(process.pid(), custom("after"));

        assertThat(process.end()).isEqualTo(custom("after"));
    }

    @Test
    void an_exit_is_made_into_a_message_by_the_function_in_force_when_it_arrived() {
        var process = house.puppet(kind);
        process.does(
                context -> {
                    context.trapExits(news -> "first " + news.reason());
                    house.node().exit(process.pid(), custom("a"));
                    context.trapExits(news -> "second " + news.reason());
                    house.node().exit(process.pid(), custom("b"));
                });

        assertThat(process.hears()).isEqualTo("first a");
        assertThat(process.hears()).isEqualTo("second b");
    }

    @Test
    void the_function_is_called_in_the_process_when_the_turn_has_come() {
        var process = house.puppet(kind);
        var seen = house.puppet(kind);
        process.does(
                context -> {
                    context.trapExits(
                            news -> {
                                seen.ref().send("mapped");
                                return context.trapExits(again -> again);
                            });
                    house.node().exit(process.pid(), custom("x"));
                    seen.ref().send("before its turn");
                });

        assertThat(seen.hears()).isEqualTo("before its turn");
        assertThat(seen.hears()).isEqualTo("mapped");
        assertThat(process.hears()).isEqualTo(true);
    }

    @Test
    void a_function_that_throws_crashes_the_process() {
        var boom = new IllegalStateException("boom");
        var process = house.puppet(kind);
        var linked = house.child(process, kind);
        process.does(
                context ->
                        context.trapExits(
                                news -> {
                                    throw boom;
                                }));
        house.node().exit(process.pid(), NORMAL);

        assertThat(process.end()).isEqualTo(ExitReason.crashed(boom));
        assertThat(linked.end()).isEqualTo(ExitReason.crashed(boom));
    }

    @Test
    void a_function_that_returns_null_crashes_the_process() {
        var process = house.puppet(kind);
        process.does(context -> context.trapExits(news -> null));
        house.node().exit(process.pid(), NORMAL);

        assertThat(process.end())
                .isInstanceOfSatisfying(
                        ExitReason.Crashed.class,
                        crash ->
                                assertThat(crash.throwable())
                                        .isInstanceOf(NullPointerException.class));
    }
}
