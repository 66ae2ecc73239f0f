package io.coppice.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTest {

    @Test
    void an_address_is_left_out() {
        assertThat(Plain.text(new Object())).isEqualTo("java.lang.Object@");
        assertThat(Plain.text("me@home, x@1f")).isEqualTo("me@home, x@1f");
    }

    @Test
    void a_lambda_has_no_number() {
        Runnable lambda = () -> {};
        assertThat(Plain.text(lambda)).isEqualTo("io.coppice.testkit.internal.PlainTest$$Lambda");
    }

    @Test
    void what_cannot_be_shown_is_said() {
        var shy =
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("shy");
                    }
                };
        assertThat(Plain.text(shy)).isEqualTo("(its toString threw IllegalStateException)");
    }

    @Test
    void a_text_is_one_line_and_not_too_long() {
        assertThat(Plain.text("one\ntwo")).isEqualTo("one two");
        assertThat(Plain.text("x".repeat(500))).hasSize(123).endsWith("...");
    }
}
