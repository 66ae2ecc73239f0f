package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.NO_PROCESS;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.Exited;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link Node#ended}: how code outside of processes learns of an end. */
@ParameterizedClass
@EnumSource(Kind.class)
class EndedTest {

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    @Test
    void the_future_of_the_dead_is_complete() {
        var dead = house.corpse(NORMAL);

        assertThat(house.node().ended(dead)).isCompletedWithValue(NO_PROCESS);
    }

    @Test
    void many_may_wait_and_each_is_told() {
        var process = house.puppet(kind);
        var futures =
                java.util.stream.IntStream.range(0, 100)
                        .mapToObj(i -> house.node().ended(process.pid()))
                        .toList();
        house.node().kill(process.pid());

        assertThat(futures).allSatisfy(end -> assertThat(Waiting.of(end)).isEqualTo(KILLED));
    }

    @Test
    void what_depends_on_the_future_may_send_though_the_process_has_ended_by_itself() {
        var witness = house.puppet();
        var process = house.puppet(kind);
        house.node().ended(process.pid()).thenAccept(reason -> witness.ref().send(reason));
        process.tell(context -> context.stop(NORMAL));

        assertThat(witness.hears()).isEqualTo(NORMAL);
    }

    @Test
    void what_depends_on_the_future_is_done_before_links_are_told() {
        for (int round = 0; round < 200; round++) {
            var order = new StringBuffer();
            var watcher = house.puppet();
            watcher.does(context -> context.trapExits(news -> order.append("exit ")));
            var process = house.child(watcher, kind);
            house.node().ended(process.pid()).thenRun(() -> order.append("end "));
            process.tell(context -> context.stop(NORMAL));
            watcher.hears();

            assertThat(order).hasToString("end exit ");
            house.node().kill(watcher.pid());
        }
    }

    @Test
    void what_depends_on_the_future_may_throw_and_the_links_are_told_all_the_same() {
        var watcher = house.puppet().trapping();
        var process = house.child(watcher, kind);
        house.node()
                .ended(process.pid())
                .thenRun(
                        () -> {
                            throw new AssertionError("nobody hears this");
                        });
        process.tell(context -> context.stop(NORMAL));

        assertThat(watcher.hears()).isEqualTo(new Exited(process.pid(), NORMAL));
    }

    @Test
    void a_future_that_somebody_completes_changes_nothing() {
        var process = house.puppet(kind);
        house.node().ended(process.pid()).complete(NORMAL);
        house.node().ended(process.pid()).cancel(true);

        assertThat(process.isAlive()).isTrue();
        house.node().kill(process.pid());
        assertThat(process.end()).isEqualTo(KILLED);
    }
}
