package io.coppice.examples.kv.store;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

import java.math.BigInteger;
import java.util.OptionalLong;

class BytesTest {

    @Property
    void a_number_is_the_one_way_redis_writes_it(
            @ForAll @CharRange(from = '-', to = '9') @StringLength(max = 21) String text) {
        assertThat(Bytes.of(text).number()).isEqualTo(canonicalNumber(text));
    }

    @Property
    void every_64_bit_number_is_read_back(@ForAll long number) {
        assertThat(Bytes.of(number).number()).hasValue(number);
    }

    @Example
    void the_outermost_numbers_are_numbers_and_those_beyond_are_not() {
        assertThat(Bytes.of("9223372036854775807").number()).hasValue(Long.MAX_VALUE);
        assertThat(Bytes.of("-9223372036854775808").number()).hasValue(Long.MIN_VALUE);
        assertThat(Bytes.of("9223372036854775808").number()).isEmpty();
        assertThat(Bytes.of("-9223372036854775809").number()).isEmpty();
        assertThat(Bytes.of("18446744073709551617").number()).isEmpty();
    }

    @Property
    void the_same_bytes_are_equal_whatever_array_they_share(@ForAll byte[] array) {
        var longer = java.util.Arrays.copyOf(array, array.length + 7);

        Bytes one = Bytes.wrap(array);
        Bytes other = Bytes.prefix(longer, array.length);

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isEqualByComparingTo(other);
        assertThat(one.stableHash()).isEqualTo(other.stableHash());
    }

    @Example
    void the_hash_that_places_a_key_never_changes() {
        assertThat(Bytes.EMPTY.stableHash()).isEqualTo(0xefd01f60ba992926L);
        assertThat(Bytes.of("key").stableHash()).isEqualTo(-3491282005168279504L);
    }

    private static OptionalLong canonicalNumber(String text) {
        if (!text.matches("0|-?[1-9][0-9]*")) {
            return OptionalLong.empty();
        }
        var number = new BigInteger(text);
        return number.bitLength() < 64 ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }
}
