package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** What can be seen of a process from outside. */
@ParameterizedClass
@EnumSource(Kind.class)
class ProcessInfoTest {

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    @Test
    void everything_that_can_be_seen_is_what_the_process_has_done() {
        var parent = house.puppet(kind);
        var process = house.child(parent, kind);
        var target = house.puppet(kind);
        process.trapping();
        var monitor = process.ask(context -> context.monitor(target.pid(), news -> news));
        parent.does(context -> context.monitor(process.pid(), news -> news));
        parent.does(context -> context.monitor(process.pid(), news -> news));
        house.node().registry().register(Name.of("desk"), process.ref());
        var info = process.info();

        assertThat(info.pid()).isEqualTo(process.pid());
        assertThat(info.parent()).contains(parent.pid());
        assertThat(info.name()).contains("desk");
        assertThat(info.trapsExits()).isTrue();
        assertThat(info.links()).isEqualTo(Set.of(parent.pid()));
        assertThat(info.monitors()).isEqualTo(List.of(monitor));
        assertThat(info.monitoredBy()).isEqualTo(2);
        assertThat(target.info().monitoredBy()).isEqualTo(1);
    }

    @Test
    void what_a_process_publishes_is_seen_until_it_ends() {
        var process = house.puppet(kind);
        assertThat(house.node().status(process.pid())).isEmpty();

        process.does(context -> context.publish("closed"));
        process.does(context -> context.publish("open"));
        assertThat(house.node().status(process.pid())).contains("open");

        house.node().kill(process.pid());
        assertThat(house.node().status(process.pid())).isEmpty();
    }

    @Test
    void nothing_can_be_seen_of_the_dead() {
        var process = house.puppet(kind);
        house.node().kill(process.pid());

        assertThat(house.node().info(process.pid())).isEmpty();
        assertThat(house.node().isAlive(process.pid())).isFalse();
    }

    @Test
    void a_process_whose_handler_blocks_can_be_seen() {
        var process = house.puppet(kind);
        var door = house.door();
        var entered = new CountDownLatch(1);
        process.tell(
                context -> {
                    entered.countDown();
                    door.await();
                });
        Waiting.on(entered);

        assertThat(process.info().pid()).isEqualTo(process.pid());
    }

    @Test
    void those_who_wait_for_an_end_from_outside_are_no_monitors() {
        var process = house.puppet(kind);
        house.node().ended(process.pid());

        assertThat(process.info().monitoredBy()).isZero();
    }

    @Test
    void a_pid_of_ones_own_making_is_refused() {
        var forged = new Pid(1, "forged") {};

        assertThatIllegalArgumentException().isThrownBy(() -> house.node().info(forged));
        assertThatIllegalArgumentException().isThrownBy(() -> house.node().kill(forged));
        assertThatIllegalArgumentException().isThrownBy(() -> house.node().isAlive(forged));
        assertThatIllegalArgumentException().isThrownBy(() -> house.node().ended(forged));
    }

    @Test
    void processes_are_counted() {
        house.puppet(kind);
        var second = house.puppet(kind);
        house.awaitProcesses(2);
        house.node().kill(second.pid());

        house.awaitProcesses(1);
    }
}
