package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Node;
import io.coppice.process.ExitReason;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** A probe is used alike on a simulated node and on one with threads. */
class ProbeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static void expects_what_comes_in_order(Node node) {
        Probe<Object> probe = Probe.on(node, "probe");
        probe.ref().send("one");
        probe.ref().send(2);
        probe.ref().send("three");
        probe.ref().send("four");
        assertThat(probe.expect()).isEqualTo("one");
        assertThat(probe.expect(String.class)).isEqualTo("three");
        assertThat(probe.expect("four"::equals)).isEqualTo("four");
        assertThat(probe.received()).containsExactly("one", 2, "three", "four");
        assertThatThrownBy(() -> probe.expect(SECOND))
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected a message within PT1S; of [one, 2, three, four] none was");
    }

    private static void misses_no_message_after_it_has_waited_in_vain(Node node) {
        Probe<String> probe = Probe.on(node, "probe");
        probe.expectNone(Duration.ofMillis(10));
        probe.ref().send("late");
        probe.expect("late");
        probe.ref().send("other");
        assertThatThrownBy(() -> probe.expect("wanted"))
                .hasMessage("expected wanted but other came");
        probe.ref().send("too much");
        assertThatThrownBy(() -> probe.expectNone(SECOND))
                .hasMessage("expected no message but too much came");
    }

    private static void tells_why_a_process_ended(Node node) {
        Probe<String> probe = Probe.on(node, "probe");
        ActorFactory<String> actor =
                context ->
                        message -> {
                            throw context.stop(ExitReason.custom(message));
                        };
        var ref = node.start(actor);
        var end = probe.expectingEnd(ref.pid());
        ref.send("enough");
        assertThat(end.get()).isEqualTo(ExitReason.custom("enough"));
        assertThat(probe.expectEnd(ref.pid())).isEqualTo(ExitReason.NO_PROCESS);
    }

    @Simulated
    void on_a_simulated_node_it_expects_what_comes_in_order(Simulation simulation) {
        expects_what_comes_in_order(simulation.node());
    }

    @Test
    void on_threads_it_expects_what_comes_in_order() {
        try (var node = Node.start()) {
            expects_what_comes_in_order(node);
        }
    }

    @Simulated
    void on_a_simulated_node_it_misses_no_message(Simulation simulation) {
        misses_no_message_after_it_has_waited_in_vain(simulation.node());
    }

    @Test
    void on_threads_it_misses_no_message() {
        try (var node = Node.start()) {
            misses_no_message_after_it_has_waited_in_vain(node);
        }
    }

    @Simulated
    void on_a_simulated_node_it_tells_why_a_process_ended(Simulation simulation) {
        tells_why_a_process_ended(simulation.node());
    }

    @Test
    void on_threads_it_tells_why_a_process_ended() {
        try (var node = Node.start()) {
            tells_why_a_process_ended(node);
        }
    }
}
