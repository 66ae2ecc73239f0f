package io.coppice.supervision.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import io.coppice.testkit.mutants.Mutant;
import io.coppice.testkit.mutants.Workshop;

import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What a law says that is broken by a simulated tree, with a supervisor that has been broken. */
class LawBrokenTest {

    private static final Workshop WORKSHOP =
            new Workshop(
                    "io.coppice.", List.of(Path.of("src/main/java"), Path.of("src/test/java")));

    private static final Mutant INTACT = new Mutant("intact", "none", "none", List.of());

    private static Mutant mutant(String name) {
        return SupervisionMutants.all().stream()
                .filter(mutant -> mutant.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static String told(Mutant broken, String law, String script) throws Exception {
        var trial = WORKSHOP.make(broken).loadClass(LawBrokenTrial.class.getName());
        return ((Function<String, String>) trial.getConstructor(String.class).newInstance(law))
                .apply(script);
    }

    /** Compiles the printed test and runs it, with the same broken supervisor. */
    private static List<Throwable> printed(Mutant broken, String told) throws Exception {
        var mark = "This test repeats it:\n\n";
        assertThat(told).contains(mark);
        var test = told.substring(told.indexOf(mark) + mark.length());
        var name = Again.class.getName();
        var with =
                broken.and(name, "// the imports", "import io.coppice.testkit.*;")
                        .and(name, "// the test", test);
        var again = WORKSHOP.make(with).loadClass(name);
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        request()
                                .selectors(selectMethod(again, again.getDeclaredMethods()[0]))
                                .build(),
                        listener);
        assertThat(listener.getSummary().getTestsFoundCount()).as(told).isOne();
        return listener.getSummary().getFailures().stream().map(Failure::getException).toList();
    }

    private static String onceMore(Mutant broken, String told) throws Exception {
        var failures = printed(broken, told);
        assertThat(failures).hasSize(1);
        return String.valueOf(failures.getFirst().getMessage());
    }

    @Test
    void the_smallest_schedule_is_drawn_and_printed_as_a_test() throws Exception {
        var broken = mutant("forward stop order");
        var told =
                told(
                        broken,
                        SupervisionLaw.STOPPED_IN_REVERSE.name(),
                        """
                        one_for_all 1 in 1000s
                        a permanent
                        b permanent
                        c permanent
                        ---
                        end c boom
                        """);
        assertThat(told)
                .startsWith("broken: children are stopped in reverse order\n")
                .contains("The script:\n    one_for_all 1 in 1000s\n    a permanent\n")
                .contains("It needs no special schedule")
                .contains("    outside           ")
                .contains("@Seed(value = ");
        assertThat(onceMore(broken, told)).contains("children are stopped in reverse order");
    }

    @Test
    void what_the_model_does_not_do_is_shown_in_the_same_way() throws Exception {
        var broken = mutant("temporary restarted");
        var script = "one_for_one 1 in 1000s\na temporary\n---\nend a boom\n";
        var told = told(broken, LawBrokenTrial.MODEL, script);
        assertThat(told)
                .startsWith("broken: what happens is what happens in the model:\n")
                .contains("SimulatedSupervisionLaws.allow(TreeScript.parse(");
        assertThat(onceMore(broken, told)).contains("what happens in the model");
        var atOnce = told(broken, LawBrokenTrial.AT_ONCE, script);
        assertThat(atOnce).startsWith("broken: what happens at once is what the model allows");
        assertThat(onceMore(broken, atOnce)).contains("what the model allows");
    }

    @Test
    void so_is_who_survives_a_supervisor_that_is_killed() throws Exception {
        var broken = mutant("unlink before shutdown");
        var told = told(broken, LawBrokenTrial.KILLED, "");
        assertThat(told).startsWith("broken: slow survived a supervisor killed while it stopped\n");
        assertThat(onceMore(broken, told)).contains("slow survived");
    }

    @Test
    void a_schedule_that_breaks_a_law_is_printed_with_it() throws Exception {
        var broken = mutant("forward stop order");
        var told =
                told(
                        broken,
                        LawBrokenTrial.AT_ONCE,
                        """
                        one_for_all 1 in 1000s
                        a permanent
                        b permanent
                        c permanent
                        ---
                        end a boom
                        end b boom
                        """);
        assertThat(told)
                .contains("first come first served but for")
                .containsPattern("schedule = \"\\d+:\\d+");
        assertThat(onceMore(broken, told)).contains("what the model allows");
        assertThat(printed(INTACT, told)).isEmpty();
    }
}
