package io.coppice.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.testkit.laws.Everything;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The text of scripts. */
class ScriptTest {

    @Property(tries = 500)
    void a_script_is_what_its_text_says(@ForAll @Everything Script script) {
        assertThat(Script.parse(script.toString())).isEqualTo(script);
    }

    @Property(tries = 500)
    void a_generated_script_creates_each_child_once(@ForAll @Everything Script script) {
        assertThat(script.acts().filter(act -> act.toString().matches("(spawn|start) k.*")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Example
    void who_is_created_by_nobody_lives_from_the_beginning() {
        var script =
                Script.parse(
                        """
                        a: spawn k linked; link b
                        k: stop x
                        """);
        assertThat(script.roots()).containsExactly("a", "b");
        assertThat(script.children()).containsExactly("k");
    }

    @Example
    void a_line_that_makes_no_sense_is_shown() {
        assertThatThrownBy(() -> Script.parse("a: jump")).hasMessage("no act: jump");
        assertThatThrownBy(() -> Script.parse("a: link")).hasMessage("too few words: link");
        assertThatThrownBy(() -> Script.parse("jump"))
                .hasMessage("not \"process: act; act\": jump");
        assertThatThrownBy(() -> Script.parse("a: rest\na: rest"))
                .hasMessage("a second line of one process: a: rest");
    }

    @Example
    void a_mix_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> Mix.of(9)).hasMessage("roots: 9, not in 1 to 8");
        assertThatThrownBy(() -> Mix.of(1).then(1, 1)).hasMessage("words: none");
    }
}
