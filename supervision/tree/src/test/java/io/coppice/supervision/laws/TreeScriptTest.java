package io.coppice.supervision.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The text of tree scripts. */
class TreeScriptTest {

    @Property(tries = 500)
    void a_script_is_what_its_text_says(@ForAll("anything") TreeScript script) {
        assertThat(TreeScript.parse(script.toString())).isEqualTo(script);
    }

    @Provide
    Arbitrary<TreeScript> anything() {
        return TreeScripts.anything();
    }

    @Example
    void it_reads_like_this() {
        var text =
                """
                one_for_all 2 in 1000s
                a permanent
                b transient ok fail ignore
                ---
                end a boom
                terminate b
                sleep 3
                """;
        assertThat(TreeScript.parse(text)).hasToString(text);
    }

    @Example
    void a_line_that_makes_no_sense_is_shown() {
        assertThatThrownBy(() -> TreeScript.parse("one_for_one 1 in 5s\na permanent\n"))
                .hasMessageStartingWith("not a supervisor, children, --- and moves: one_for_one");
        assertThatThrownBy(() -> TreeScript.parse("one_for_one 1 in 5s\n---\njump a"))
                .hasMessage("no move: jump a");
        assertThatThrownBy(() -> TreeScript.parse("one_for_one 1 in 5s\n---\nend a"))
                .hasMessage("too few words: end a");
        assertThatThrownBy(
                        () ->
                                TreeScript.parse(
                                        "one_for_one 1 in 5s\na permanent\na permanent\n---"))
                .hasMessageStartingWith("children: two with one id");
    }
}
