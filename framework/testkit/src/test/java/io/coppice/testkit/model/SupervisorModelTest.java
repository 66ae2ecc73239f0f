package io.coppice.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.testkit.model.supervisor.Definition;
import io.coppice.testkit.model.supervisor.Definition.Written;
import io.coppice.testkit.model.supervisor.Init;
import io.coppice.testkit.model.supervisor.OnShutdown;
import io.coppice.testkit.model.supervisor.Role;
import io.coppice.testkit.model.supervisor.Words;
import io.coppice.testkit.script.Outcome;
import io.coppice.testkit.script.Script;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the model allows of supervisors, in cases that can be counted by hand. */
class SupervisorModelTest {

    private static final Init OK = new Init.Ok(Optional.empty());
    private static final Role CHILD = new Role.OfWorker(List.of(OK), new OnShutdown.Die());

    private static Role supervisor(String strategy, int intensity, String... children) {
        var flags = new Words(Map.of("strategy", strategy, "intensity", "" + intensity));
        var written = Stream.of(children).map(id -> new Written(id, new Words(Map.of()))).toList();
        return new Role.OfSupervisor(List.of(OK), new Definition(flags, written));
    }

    /** Who lives at the end, in each way in which it may end. */
    private static List<String> survivors(String script, Role top) {
        var cast = Map.of("top", top, "w", CHILD, "x", CHILD);
        var found = new Model().outcomes(Script.parse(script), cast);
        assertThat(found.isComplete()).isTrue();
        return found.all().stream()
                .map(SupervisorModelTest::survivors)
                .distinct()
                .sorted()
                .toList();
    }

    private static String survivors(Outcome outcome) {
        return outcome.fates().keySet().stream()
                .filter(outcome::lives)
                .filter(who -> who.contains("#"))
                .collect(Collectors.joining(" "));
    }

    private static final String BOTH_KILLED =
            """
            a: trap on; start top
            b: trap on
            ---
            a: kill w#1
            b: kill x#1
            """;

    @Test
    void a_child_that_is_killed_is_replaced() {
        assertThat(survivors("a: trap on; start top\n---\na: kill w#1\n", one(1)))
                .containsExactly("top#1 w#2 x#1");
    }

    private static Role one(int intensity) {
        return supervisor("one_for_one", intensity, "w", "x");
    }

    @Test
    void two_deaths_at_once_are_two_restarts_of_one_each() {
        assertThat(survivors(BOTH_KILLED, one(2))).containsExactly("top#1 w#2 x#2");
        assertThat(survivors(BOTH_KILLED, one(1))).containsExactly("");
    }

    /** Whoever dies meanwhile is ended for the first, and its exit is not heard. */
    @Test
    void two_deaths_at_once_are_one_restart_of_all() {
        var all = supervisor("one_for_all", 1, "w", "x");
        assertThat(survivors(BOTH_KILLED, all)).containsExactly("top#1 w#2 x#2");
    }

    @Test
    void whoever_dies_while_its_supervisor_is_killed_stays_dead() {
        var script = "a: trap on; start top\n---\na: kill w#1; kill top#1\n";
        assertThat(survivors(script, one(9))).containsExactly("");
    }

    @Test
    void a_supervisor_ends_with_its_parent_and_leaves_nobody() {
        assertThat(survivors("a: start top\n---\na: stop bye\n", one(1))).containsExactly("");
    }
}
