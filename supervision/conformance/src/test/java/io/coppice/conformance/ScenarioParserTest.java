package io.coppice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.conformance.Action.Ending;
import io.coppice.conformance.Action.Target;
import io.coppice.conformance.Command.Act;
import io.coppice.conformance.Command.Ask;

import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class ScenarioParserTest {

    @Nested
    class Lines {

        @Test
        void a_comment_starts_at_the_start_of_a_line_or_after_a_blank() {
            var scenario = ScenarioParser.parse("x.scn", "# all\nalive a#2 # some\n\t#\n\nalive b");

            assertThat(scenario.steps())
                    .extracting(Scenario.Step::line, Scenario.Step::text)
                    .containsExactly(tuple(2, "alive a#2"), tuple(5, "alive b"));
        }

        @Test
        void a_command_is_echoed_with_single_blanks() {
            var scenario = ScenarioParser.parse("x.scn", "  link \t A   B\r\n");

            assertThat(scenario.steps()).singleElement().extracting("text").isEqualTo("link A B");
        }

        @Test
        void an_error_says_where_it_is_and_what_was_expected() {
            assertThatThrownBy(() -> ScenarioParser.parse("x.scn", "alive A\ntrap A maybe\n"))
                    .isInstanceOf(ScenarioError.class)
                    .hasMessage("x.scn:2: bad command: trap A maybe (expected: trap A on|off)");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "jump A",
                    "link A",
                    "link A B C",
                    "link A @b",
                    "exit A B boom",
                    "monitor A B M",
                    "spawn Q quietly",
                    "demonitor A M now",
                    "seq",
                    "seq hold A ;",
                    "seq hold A ; resume B",
                    "seq hold A ; alive A",
                    "sleep long",
                    "sleep -1",
                    "option order=random",
                    "supervisor S intensity=many",
                    "supervisor S init=error:e",
                    "child S a shutdown=soon",
                    "child S a init=maybe",
                    "child S a init=error",
                    "child S a init=ok*0",
                    "child S a on_shutdown=later",
                    "child S a on_shutdown=delay:soon"
                })
        void what_is_no_command_is_refused(String line) {
            assertThatThrownBy(() -> ScenarioParser.parse("x.scn", line))
                    .isInstanceOf(ScenarioError.class)
                    .hasMessageStartingWith("x.scn:1: ");
        }

        @Test
        void an_attribute_without_effect_is_a_warning() {
            var scenario = ScenarioParser.parse("x.scn", "child S a\nchild S b restrat=transient");

            assertThat(scenario.warnings()).containsExactly("x.scn:2: restrat has no effect");
        }
    }

    @Nested
    class Actors {

        @Test
        void a_process_is_spawned_by_root_unless_another_is_named() {
            assertThat(parse("spawn Q"))
                    .isEqualTo(
                            new Act(
                                    "root",
                                    List.of(
                                            new Action.Spawn(
                                                    "Q",
                                                    false,
                                                    Optional.empty(),
                                                    false,
                                                    new Ending.None()))));
            assertThat(parse("spawn Q trap by P monitor=M link die=a:b crash=c"))
                    .isEqualTo(
                            new Act(
                                    "P",
                                    List.of(
                                            new Action.Spawn(
                                                    "Q",
                                                    true,
                                                    Optional.of("M"),
                                                    true,
                                                    new Ending.Die("a:b")))));
        }

        @Test
        void a_message_or_a_monitor_goes_to_a_process_or_a_name() {
            assertThat(parse("send A -> @x hi"))
                    .isEqualTo(act("A", new Action.Send(new Target.ByName("x"), "hi")));
            assertThat(parse("monitor A B as M"))
                    .isEqualTo(act("A", new Action.Monitor(new Target.ByProcess("B"), "M")));
        }

        @Test
        void an_exit_signal_to_oneself_is_noticed() {
            assertThat(parse("exit A -> A boom"))
                    .isEqualTo(act("A", new Action.Exit(new Target.ByProcess("A"), "boom", true)));
            assertThat(parse("exit A -> B boom"))
                    .isEqualTo(act("A", new Action.Exit(new Target.ByProcess("B"), "boom", false)));
        }

        @Test
        void options_of_a_demonitor_come_in_any_order() {
            assertThat(parse("demonitor A M info flush"))
                    .isEqualTo(act("A", new Action.Demonitor("M", true, true)));
        }

        @Test
        void a_sequence_is_several_actions_of_one_process() {
            assertThat(parse("seq start S by A ; hold A ; unlink A B flush"))
                    .isEqualTo(
                            act(
                                    "A",
                                    new Action.Start("S"),
                                    new Action.Hold(),
                                    new Action.Unlink(new Target.ByProcess("B"), true)));
        }

        private static Act act(String actor, Action... actions) {
            return new Act(actor, List.of(actions));
        }
    }

    @Nested
    class Supervisors {

        @Test
        void a_child_is_terminated_by_id_or_by_pid() {
            assertThat(parse("terminate_child S a"))
                    .isEqualTo(new Ask("S", new Request.TerminateChild("a")));
            assertThat(parse("terminate_child S pid:a#1"))
                    .isEqualTo(new Ask("S", new Request.TerminateProcess("a#1")));
        }

        @Test
        void attributes_are_kept_as_they_are_written() {
            assertThat(parse("start_child S a shutdown=-1 significant shutdown=-2"))
                    .isEqualTo(
                            new Ask(
                                    "S",
                                    new Request.StartChild(
                                            "a",
                                            new Attributes(
                                                    Map.of(
                                                            "shutdown", "-2",
                                                            "significant", "true")))));
        }

        @Test
        void the_actions_of_init_are_unfolded_and_the_last_repeats() {
            var init = InitSchedule.parse("ok:x,error:a:b*2,wait:wait:ignore");

            assertThat(List.of(1, 2, 3, 4, 5).stream().map(init::at))
                    .containsExactly(
                            new InitSchedule.Action.Ok(Optional.of("x")),
                            new InitSchedule.Action.Fail("a:b"),
                            new InitSchedule.Action.Fail("a:b"),
                            init.at(4),
                            new InitSchedule.Action.Wait(
                                    new InitSchedule.Action.Wait(
                                            new InitSchedule.Action.Ignore())));
        }

        @Test
        void a_mode_of_shutdown_may_have_an_argument() {
            assertThat(OnShutdown.parse("delay:20")).isEqualTo(new OnShutdown.Delay(20));
            assertThat(OnShutdown.parse("reason:a:b")).isEqualTo(new OnShutdown.Reason("a:b"));
        }
    }

    private static Command parse(String line) {
        return ScenarioParser.parseLine("x.scn", 1, line).orElseThrow().command();
    }

    private static Tuple tuple(Object... values) {
        return Tuple.tuple(values);
    }
}
