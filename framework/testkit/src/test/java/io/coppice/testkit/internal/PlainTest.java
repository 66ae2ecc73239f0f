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

    private static String thrownBy(Runnable wrong) {
        try {
            wrong.run();
        } catch (RuntimeException thrown) {
            return Plain.text("it threw " + thrown + ", again");
        }
        throw new AssertionError("it did not throw");
    }

    @Test
    void what_the_jvm_says_of_its_own_exceptions_is_left_out() {
        var none = new String[1];
        int[] few = {1, 2};
        Object number = 1;
        Object[] strings = new String[1];
        assertThat(thrownBy(() -> none[0].length()))
                .isEqualTo("it threw java.lang.NullPointerException, again");
        assertThat(thrownBy(() -> System.out.println(1 / (few[0] - 1))))
                .isEqualTo("it threw java.lang.ArithmeticException, again");
        assertThat(thrownBy(() -> few[few[1]]++))
                .isEqualTo("it threw java.lang.ArrayIndexOutOfBoundsException, again");
        assertThat(thrownBy(() -> System.out.println((String) number)))
                .isEqualTo("it threw java.lang.ClassCastException, again");
        assertThat(thrownBy(() -> strings[0] = number))
                .isEqualTo("it threw java.lang.ArrayStoreException, again");
    }

    @Test
    void what_people_say_is_kept() {
        assertThat(Plain.text(new NullPointerException("Cannot be null: name")))
                .isEqualTo("java.lang.NullPointerException: Cannot be null: name");
        assertThat(Plain.text(new ArithmeticException("integer overflow")))
                .isEqualTo("java.lang.ArithmeticException: integer overflow");
    }
}
