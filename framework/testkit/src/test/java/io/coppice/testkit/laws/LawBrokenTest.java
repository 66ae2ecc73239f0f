package io.coppice.testkit.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.testkit.Printed;
import io.coppice.testkit.jqwik.Scripts;
import io.coppice.testkit.mutants.Mutant;
import io.coppice.testkit.mutants.Workshop;

import net.jqwik.api.sessions.JqwikSession;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** What a law says that is broken by a simulated node, with a runtime that has been broken. */
class LawBrokenTest {

    private static final int SCRIPTS = 2_000;

    private static final Workshop WORKSHOP =
            new Workshop(
                    "io.coppice.",
                    List.of(Path.of("../core/src/main/java"), Path.of("src/main/java")));

    /** The dead may send, which shows under few schedules. */
    private static final Mutant RACE =
            Mutant.of(
                    "the dead may send",
                    "a message of a process that has died is heard after its death",
                    Law.THE_ORDER_OF_A_PAIR_IS_KEPT.name(),
                    "io.coppice.internal.mailbox.Mailbox",
                    "if (sender != null && sender.isDead()) {",
                    "if (false) {");

    private static final Mutant UNANSWERED =
            Mutant.of(
                    "link not received",
                    "the peer of a link does not know of it",
                    Law.LINKS_HAVE_TWO_ENDS.name(),
                    "io.coppice.internal.link.Links",
                    "return wanted && links.get(peer) == null ? links.with(peer, ACTIVE) : links;",
                    "return links;");

    @SuppressWarnings("unchecked")
    private static String told(ClassLoader broken, String law, String script) throws Exception {
        var trial = broken.loadClass(LawBrokenTrial.class.getName()).getConstructor(String.class);
        var court = (Function<String, String>) trial.newInstance(law);
        var told = new String[1];
        JqwikSession.run(() -> told[0] = court.apply(script));
        return told[0];
    }

    /** Compiles the printed test and runs it on the same broken runtime. */
    private static List<Throwable> printed(ClassLoader broken, String told) throws Exception {
        var mark = "This test repeats it:\n\n";
        var source =
                """
                package laws;
                import io.coppice.testkit.*;
                import io.coppice.testkit.laws.*;
                import io.coppice.testkit.script.*;
                class Again {
                %s}
                """
                        .formatted(told.substring(told.indexOf(mark) + mark.length()));
        var bytes = Printed.compiled("laws.Again", source);
        var loader =
                new ClassLoader(broken) {
                    Class<?> again() {
                        return defineClass("laws.Again", bytes, 0, bytes.length);
                    }
                };
        return Printed.run(loader.again());
    }

    @Test
    void the_smallest_schedule_is_drawn_and_printed_as_a_test() throws Exception {
        var broken = WORKSHOP.make(UNANSWERED);
        var told = told(broken, "LINKS_HAVE_TWO_ENDS", "a: link b\nb: trap on\n");
        assertThat(told)
                .startsWith("broken: both ends of a link agree when nothing is under way")
                .contains("The script:\n    a: link b\n    b: trap on\n")
                .contains("It needs no special schedule")
                .contains("    outside           ");
        var failures = printed(broken, told);
        assertThat(failures).hasSize(1);
        assertThat(failures.getFirst()).hasMessageContaining("both ends of a link agree");
    }

    @Test
    void what_the_model_does_not_allow_is_shown_in_the_same_way() throws Exception {
        var broken = WORKSHOP.make(UNANSWERED);
        var told = told(broken, "", "a: link b\nb: trap on\n---\nb: stop x\n");
        assertThat(told)
                .startsWith("broken: what happens is what the model allows\n")
                .contains("SimulatedLaws.allow(Script.parse(");
        assertThat(printed(broken, told)).hasSize(1);
    }

    /** As jqwik would, but for the shrinking. */
    private static String toldOfAny(ClassLoader broken, Law law) throws Exception {
        var scripts = new ArrayList<String>();
        JqwikSession.run(
                () ->
                        Scripts.of(law.mix()).generator(SCRIPTS).stream(new Random(42))
                                .map(shrinkable -> shrinkable.value().toString())
                                .limit(SCRIPTS)
                                .forEach(scripts::add));
        for (var script : scripts) {
            var told = told(broken, law.name(), script);
            if (!told.equals("kept")) {
                return told;
            }
        }
        return "kept";
    }

    @Test
    void a_schedule_that_breaks_a_law_is_printed_with_it() throws Exception {
        var broken = WORKSHOP.make(RACE);
        var told = toldOfAny(broken, Law.THE_ORDER_OF_A_PAIR_IS_KEPT);
        assertThat(told)
                .contains("first come first served but for")
                .containsPattern("schedule = \"\\d+:\\d+");
        assertThat(printed(broken, told)).hasSize(1);
        assertThat(printed(LawBrokenTest.class.getClassLoader(), told)).isEmpty();
    }
}
