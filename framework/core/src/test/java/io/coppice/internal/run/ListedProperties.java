package io.coppice.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The list that its members hold together, against one of the JDK. */
class ListedProperties {

    private static final int MOST = 12;

    private static final class One extends Listed {
        private final int number;

        One(int number) {
            this.number = number;
        }

        @Override
        public String toString() {
            return "one " + number;
        }
    }

    private static List<One> ones(int number) {
        return IntStream.range(0, number).mapToObj(One::new).toList();
    }

    private static List<One> membersOf(@Nullable One list) {
        var seen = new ArrayList<One>();
        Listed.forEach(list, seen::add);
        return seen;
    }

    /** Whoever is named comes, if it is not there, and goes, if it is. */
    @Property
    void it_holds_what_has_come_and_not_gone_in_the_order_of_coming(
            @ForAll @Size(max = 60) List<@IntRange(max = MOST - 1) Integer> comings) {
        var ones = ones(MOST);
        var expected = new ArrayList<One>();
        One list = null;
        for (int number : comings) {
            var one = ones.get(number);
            if (expected.remove(one)) {
                list = Listed.without(list, one);
            } else {
                list = Listed.with(list, one);
                expected.add(one);
            }
            assertThat(membersOf(list)).isEqualTo(expected);
            assertThat(ones).allMatch(it -> it.isListed() == expected.contains(it));
        }
    }

    @Property
    void whoever_is_visited_when_it_is_emptied_has_left_and_may_go_elsewhere(
            @ForAll @IntRange(max = MOST) int number) {
        var ones = ones(number);
        One list = null;
        for (var one : ones) {
            list = Listed.with(list, one);
        }
        var elsewhere = new ArrayList<One>();
        Listed.empty(
                list,
                one -> {
                    elsewhere.add(Listed.with(null, one));
                    assertThat(membersOf(one)).containsExactly(one);
                });
        assertThat(elsewhere).isEqualTo(ones);
    }

    @Example
    void nobody_is_in_two_lists() {
        var one = new One(1);
        var list = Listed.with(Listed.with(null, new One(0)), one);

        assertThatThrownBy(() -> Listed.with(null, one))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("one 1 is in a list already");
        assertThat(membersOf(list)).extracting(it -> it.number).containsExactly(0, 1);
    }
}
