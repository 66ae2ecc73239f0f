package io.coppice.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.testkit.script.Outcome;
import io.coppice.testkit.script.Script;

import org.junit.jupiter.api.Test;

import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the model allows, in cases that can be counted by hand. */
class ModelTest {

    private static String outcomes(String script) {
        var found = new Model().outcomes(Script.parse(script));
        assertThat(found.isComplete()).isTrue();
        return found.all().stream()
                .map(Outcome::toString)
                .sorted()
                .collect(Collectors.joining("or\n"));
    }

    @Test
    void a_link_raced_against_a_death_gives_one_exit_with_either_reason() {
        assertThat(
                        outcomes(
                                """
                                a: trap on
                                ---
                                a: link b
                                b: stop x
                                """))
                .isEqualTo(
                        """
                        a: lives trapping
                            trap on = off
                            link b = ok
                            EXIT(b, noproc)
                        b: ended: x
                        or
                        a: lives trapping
                            trap on = off
                            link b = ok
                            EXIT(b, x)
                        b: ended: x
                        """);
    }

    @Test
    void that_a_peer_is_gone_is_heard_after_all_that_it_said() {
        assertThat(outcomes("a: trap on\n---\na: link b\nb: send a t1; stop noproc\n"))
                .isEqualTo(
                        """
                        a: lives trapping
                            trap on = off
                            MSG(b, t1)
                            link b = ok
                            EXIT(b, noproc)
                        b: ended: noproc
                        or
                        a: lives trapping
                            trap on = off
                            link b = ok
                            MSG(b, t1)
                            EXIT(b, noproc)
                        b: ended: noproc
                        """);
    }

    @Test
    void that_a_peer_is_gone_is_not_heard_once_the_link_is_taken_back() {
        assertThat(
                        outcomes(
                                """
                                a: trap on
                                ---
                                a: link b; unlink b flush
                                b: send a t1; stop x
                                """))
                .doesNotContain("EXIT");
    }

    @Test
    void who_does_not_trap_is_refused_or_dies_but_never_both() {
        assertThat(outcomes("a: link b\nb: stop x\n"))
                .isEqualTo(
                        """
                        a: ended: noproc
                        b: ended: x
                        or
                        a: ended: x
                        b: ended: x
                        or
                        a: lives
                            link b = noproc
                        b: ended: x
                        """);
    }

    @Test
    void a_kill_is_not_trapped_and_is_heard_as_killed() {
        assertThat(outcomes("a: trap on; link b\n---\nc: kill b\n"))
                .isEqualTo(
                        """
                        a: lives trapping
                            trap on = off
                            link b = ok
                            EXIT(b, killed)
                        b: ended: killed
                        c: lives
                        """);
    }

    @Test
    void the_last_words_to_one_process_come_in_any_order() {
        assertThat(outcomes("a: trap on; link b; monitor b as m\n---\nb: stop x\n"))
                .contains("EXIT(b, x)\n    DOWN(m, b, x)")
                .contains("DOWN(m, b, x)\n    EXIT(b, x)");
    }

    @Test
    void crossing_links_and_unlinks_never_leave_half_a_link() {
        assertThat(outcomes("a: link b; unlink b\nb: link a\n"))
                .contains("a: lives links=[b]")
                .contains("b: lives links=[a]")
                .doesNotContain(
                        "a: lives links=[b]\n    link b = ok\n    unlink b = ok\nb: lives\n");
    }

    @Test
    void what_did_not_happen_is_forbidden() {
        var script = Script.parse("a: trap on; link b\n---\nb: stop x\n");
        var fates = new TreeMap<>(onlyOutcome(script).fates());
        assertThat(new Model().allows(script, new Outcome(fates))).isEqualTo(Model.Answer.ALLOWED);
        fates.remove("b");
        assertThat(new Model().allows(script, new Outcome(fates)))
                .isEqualTo(Model.Answer.FORBIDDEN);
    }

    @Test
    void a_question_that_is_too_big_is_left_undecided() {
        var script = Script.parse("a: trap on; link b\n---\nb: stop x\n");
        assertThat(new Model(2).allows(script, onlyOutcome(script)))
                .isEqualTo(Model.Answer.UNDECIDED);
    }

    private static Outcome onlyOutcome(Script script) {
        return new Model().outcomes(script).all().iterator().next();
    }
}
