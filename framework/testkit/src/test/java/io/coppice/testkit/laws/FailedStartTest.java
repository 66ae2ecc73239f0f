package io.coppice.testkit.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.process.ExitReason;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Search;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Kind;
import io.coppice.testkit.script.Observation;
import io.coppice.testkit.script.Outcome;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Ended;
import io.coppice.testkit.script.Outcome.Entry;
import io.coppice.testkit.script.Outcome.Heard;
import io.coppice.testkit.script.Outcome.Lives;
import io.coppice.testkit.script.Script;
import io.coppice.testkit.script.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** With what a start may be told to have failed. */
class FailedStartTest {

    private static final Act START = new Act.StartLinked("k");

    /** Under some schedules k is ended by its link to b, before its own act. */
    @Test
    void who_is_linked_by_another_during_its_init_may_fail_with_that() {
        var script =
                Script.parse(
                        """
                        a: trap on
                        b: trap on
                        ---
                        a: start k
                        b: link k; stop y
                        k: stop kill; crash k
                        """);
        var told = new TreeSet<String>();
        var findings =
                Hunt.of(simulation -> told.add(toldUnderTheLaw(script, simulation)))
                        .withSearch(Search.exhaustive(2))
                        .withSchedules(20_000)
                        .run();
        assertThat(findings.failure()).isEmpty();
        assertThat(told).containsExactly("kill", "y");
    }

    private static String toldUnderTheLaw(Script script, Simulation simulation) {
        var seen = perform(script, simulation);
        assertThat(Law.A_FAILED_START_IS_TOLD_ONCE.check(script, seen).violations()).isEmpty();
        return seen.outcome().logOf("a").stream()
                .filter(entry -> entry instanceof Did(var act, var result) && act.equals(START))
                .map(entry -> ((Did) entry).result())
                .findAny()
                .orElseThrow();
    }

    private static Observation perform(Script script, Simulation simulation) {
        return new Stage(simulation.node(), node -> simulation.settle(), Kind.ACTORS)
                .perform(script);
    }

    /** What it died of has been told by the start, and is not heard as an exit of that link. */
    @Test
    void who_links_to_one_whose_start_has_failed_links_to_the_dead() {
        var script =
                Script.parse(
                        """
                        a: start k; trap on; link k
                        k: link b; exit k x
                        """);
        var heard = new HashSet<Entry>();
        var findings =
                Hunt.of(
                                simulation ->
                                        heard.add(
                                                perform(script, simulation)
                                                        .outcome()
                                                        .logOf("a")
                                                        .getLast()))
                        .withSearch(Search.exhaustive(2))
                        .withSchedules(20_000)
                        .run();
        assertThat(findings.failure()).isEmpty();
        assertThat(heard).containsExactly(new Heard("k", ExitReason.NO_PROCESS));
    }

    @ParameterizedTest
    @CsvSource({
        "stop x,              , x,      true",
        "stop x,              , y,      false",
        "crash k,             , crash:k, true",
        "crash k,             , killed, false",
        "hang,                , killed, true",
        "hang,                , y,      false",
        "rest,                , y,      false",
        "stop x,        link k, y,      true",
        "stop x,        link k, x,      true",
        "stop x,        link k, noproc, false",
        "stop x,        link k, killed, false",
        "link b; stop x, stop y, noproc, true",
        "link b; stop x, stop y, y,      true",
        "link b; stop x, stop y, z,      false"
    })
    void a_start_fails_with_what_can_have_ended_it(
            String init, String doesB, String told, boolean isKept) {
        var script =
                Script.parse(
                        "a: trap on\n---\na: start k\nb: %s; stop y\nk: %s\n"
                                .formatted(doesB == null ? "rest" : doesB, init));
        var ruling = Law.A_FAILED_START_IS_TOLD_ONCE.check(script, seen(told));
        assertThat(ruling.wasTested()).isTrue();
        assertThat(ruling.violations().isEmpty()).as("%s", ruling.violations()).isEqualTo(isKept);
    }

    private static Observation seen(String told) {
        List<Entry> log = List.of(new Did(new Act.Trap(true), "off"), new Did(START, told));
        var a = new Lives(log, new TreeSet<>(), List.of(), Optional.empty(), true);
        var b = new Ended(Optional.of(ExitReason.custom("y")));
        var k = new Ended(Optional.empty());
        return new Observation(
                new Outcome(new TreeMap<>(Map.of("a", a, "b", b, "k", k))), List.of());
    }
}
