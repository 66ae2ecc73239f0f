package io.coppice.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The map from numbers, against one of the JDK. */
class TrieProperties {

    /** One step: a value for a number, or none. */
    private record Step(long number, int value) {
        boolean isRemoval() {
            return value < 0;
        }
    }

    /** Numbers that lie side by side, and such that differ in any of their digits. */
    private static Arbitrary<Long> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 40),
                Arbitraries.longs().between(1_000_000, 1_000_040),
                Combinators.combine(
                                Arbitraries.longs().between(0, 3),
                                Arbitraries.integers().between(0, 63))
                        .as((digit, shift) -> digit << shift));
    }

    @Provide
    Arbitrary<List<Step>> scripts() {
        return Combinators.combine(numbers(), Arbitraries.integers().between(-4, 5))
                .as(Step::new)
                .list()
                .ofMaxSize(200);
    }

    @Property
    void it_holds_what_a_map_holds_in_order_and_its_older_versions_keep_theirs(
            @ForAll("scripts") List<Step> script) {
        Trie<Integer> trie = Trie.empty();
        NavigableMap<Long, Integer> map = new TreeMap<>(Long::compareUnsigned);
        var versions = new ArrayList<Trie<Integer>>();
        var copies = new ArrayList<NavigableMap<Long, Integer>>();
        for (var step : script) {
            versions.add(trie);
            copies.add(new TreeMap<>(map));
            if (step.isRemoval()) {
                var rest = trie.without(step.number());
                if (map.remove(step.number()) == null) {
                    assertThat(rest).as("a map without what it has not").isSameAs(trie);
                }
                trie = rest;
            } else {
                trie = trie.with(step.number(), step.value());
                map.put(step.number(), step.value());
            }
            assertThat(trie.get(step.number())).isEqualTo(map.get(step.number()));
            assertThat(trie.get(step.number() + 1)).isEqualTo(map.get(step.number() + 1));
        }
        versions.add(trie);
        copies.add(map);
        for (int i = 0; i < versions.size(); i++) {
            assertSame(versions.get(i), copies.get(i));
        }
    }

    private static void assertSame(Trie<Integer> trie, NavigableMap<Long, Integer> map) {
        assertThat(trie.values()).containsExactlyElementsOf(map.values());
        assertThat(trie.last()).isEqualTo(map.isEmpty() ? null : map.lastEntry().getValue());
        assertThat(trie.size()).isEqualTo(map.size());
        assertThat(trie.anyMatch(it -> it == 5)).isEqualTo(map.containsValue(5));
        assertThat(trie.anyMatch(it -> it < 0)).isFalse();
        assertThat(trie.isEmpty()).isEqualTo(map.isEmpty());
        map.forEach((number, value) -> assertThat(trie.get(number)).isEqualTo(value));
    }

    @Property
    void values_numbered_from_0_on_are_those_put_there_one_by_one(
            @ForAll @IntRange(max = 700) int size, @ForAll("scripts") List<Step> script) {
        var values = IntStream.range(0, size).boxed().toList();
        var map = new TreeMap<Long, Integer>(Long::compareUnsigned);
        values.forEach(value -> map.put((long) value, value));
        Trie<Integer> trie = Trie.numbered(values);
        assertSame(trie, map);

        for (var step : script) {
            if (step.isRemoval()) {
                trie = trie.without(step.number());
                map.remove(step.number());
            } else {
                trie = trie.with(step.number(), step.value());
                map.put(step.number(), step.value());
            }
        }
        assertSame(trie, map);
    }

    @Example
    void an_empty_one_is_always_the_same() {
        assertThat(Trie.empty().with(7, "seven").without(7)).isSameAs(Trie.empty());
    }

    @Example
    void a_hundred_thousand_entries_come_and_go() {
        Trie<Long> trie = Trie.empty();
        for (long number = 0; number < 100_000; number++) {
            trie = trie.with(number, number);
        }
        assertThat(trie.size()).isEqualTo(100_000);
        assertThat(trie.values()).isSorted();
        for (long number = 0; number < 100_000; number++) {
            assertThat(trie.get(number)).isEqualTo(number);
            trie = trie.without(number);
        }
        assertThat(trie).isSameAs(Trie.empty());
    }
}
