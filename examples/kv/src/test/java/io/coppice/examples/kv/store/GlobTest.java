package io.coppice.examples.kv.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "* '' true",
                "* anything true",
                "a?c abc true",
                "a?c ac false",
                "h[ae]llo hello true",
                "h[ae]llo hillo false",
                "h[^e]llo hallo true",
                "h[^e]llo hello false",
                "h[a-b]llo hbllo true",
                "h[b-a]llo hallo true",
                "\\* * true",
                "\\* a false",
                "[\\]] ] true",
                "[abc a true",
                "a[ a false",
                "[] a false",
                "[^] a true",
                "a\\ a\\ true",
                "**a*b** xaxbx true",
                "a*b acd false",
            })
    void a_pattern_matches_as_in_redis(String pattern, String text, boolean matches) {
        assertThat(Glob.of(Bytes.of(pattern)).matches(Bytes.of(text))).isEqualTo(matches);
    }

    @Property
    void stars_match_as_the_plain_definition_says(
            @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(max = 8) String pattern,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 8) String text) {
        assertThat(Glob.of(Bytes.of(pattern)).matches(Bytes.of(text)))
                .isEqualTo(matches(pattern, text));
    }

    @Test
    void a_pattern_made_to_be_slow_is_not() {
        Glob glob = Glob.of(Bytes.of("a*".repeat(500) + "b"));
        Bytes text = Bytes.of("a".repeat(100_000));

        boolean matches =
                assertTimeoutPreemptively(Duration.ofSeconds(5), () -> glob.matches(text));

        assertThat(matches).isFalse();
    }

    @Example
    void a_pattern_that_is_too_long_is_refused() {
        assertThatThrownBy(() -> Glob.of(Bytes.of("*".repeat(1025))))
                .isInstanceOf(RedisError.class)
                .hasMessage("ERR pattern of 1025 bytes is longer than 1024");
    }

    private static boolean matches(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        String rest = pattern.substring(1);
        if (pattern.charAt(0) == '*') {
            return matches(rest, text) || !text.isEmpty() && matches(pattern, text.substring(1));
        }
        return !text.isEmpty()
                && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
                && matches(rest, text.substring(1));
    }
}
