package io.coppice.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The table of links, against a map of the JDK. */
class TableProperties {

    private static final int MOST = 40;

    /**
     * Many keys have the same; few enough for more than eight of them, which a table takes for
     * many.
     */
    private static final int HASHES = 3;

    /** Keys that are told apart by identity, though their hashes collide. */
    private static final class Key {
        private final int number;
        private final int hash;

        Key(int number, int hash) {
            this.number = number;
            this.hash = hash;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public String toString() {
            return "key " + number;
        }
    }

    private static final List<Key> KEYS =
            IntStream.range(0, MOST).mapToObj(i -> new Key(i, i % HASHES)).toList();

    /** One step: a value for a key, or none. */
    private record Step(Key key, int value) {
        boolean isRemoval() {
            return value < 0;
        }
    }

    /** Steps that mostly fill and then mostly empty the table, so that it takes all sizes. */
    @Provide
    Arbitrary<List<Step>> scripts() {
        var growing = steps(-1, 9);
        var shrinking = steps(-9, 1);
        return Combinators.combine(
                        growing.list().ofMaxSize(80),
                        shrinking.list().ofMaxSize(120),
                        growing.list().ofMaxSize(20))
                .as(
                        (first, second, third) -> {
                            var all = new ArrayList<Step>(first);
                            all.addAll(second);
                            all.addAll(third);
                            return all;
                        });
    }

    private static Arbitrary<Step> steps(int least, int most) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, MOST - 1),
                        Arbitraries.integers().between(least, most))
                .as((key, value) -> new Step(KEYS.get(key), value));
    }

    @Property
    void it_holds_what_a_map_holds_and_its_older_versions_keep_theirs(
            @ForAll("scripts") List<Step> script) {
        Table<Key, Integer> table = Table.empty();
        Map<Key, Integer> map = new IdentityHashMap<>();
        var versions = new ArrayList<Table<Key, Integer>>();
        var copies = new ArrayList<Map<Key, Integer>>();
        int largest = 0;
        for (var step : script) {
            versions.add(table);
            copies.add(new IdentityHashMap<>(map));
            table = apply(table, step, map.containsKey(step.key()));
            if (step.isRemoval()) {
                map.remove(step.key());
            } else {
                map.put(step.key(), step.value());
            }
            largest = Math.max(largest, map.size());
            assertSame(table, map);
        }
        for (int i = 0; i < versions.size(); i++) {
            assertSame(versions.get(i), copies.get(i));
        }
        Statistics.label("largest size").collect(largest == 0 ? "0" : largest < 9 ? "1-8" : "9-40");
    }

    @Property
    void keys_that_are_their_own_values_come_and_go(@ForAll("scripts") List<Step> script) {
        Table<Key, Key> table = Table.empty();
        Map<Key, Key> map = new IdentityHashMap<>();
        for (var step : script) {
            if (step.isRemoval()) {
                table = table.without(step.key());
                map.remove(step.key());
            } else {
                table = table.with(step.key(), step.key());
                map.put(step.key(), step.key());
            }
            assertThat(table.size()).isEqualTo(map.size());
            var visited = new IdentityHashMap<Key, Key>();
            table.forEach(visited::put);
            assertThat(visited).isEqualTo(map);
        }
    }

    private static Table<Key, Integer> apply(
            Table<Key, Integer> table, Step step, boolean isThere) {
        if (!step.isRemoval()) {
            return table.with(step.key(), step.value());
        }
        var without = table.without(step.key());
        if (!isThere) {
            assertThat(without).as("a table without what it has not").isSameAs(table);
        }
        return without;
    }

    private static void assertSame(Table<Key, Integer> table, Map<Key, Integer> map) {
        assertThat(table.size()).isEqualTo(map.size());
        for (var key : KEYS) {
            assertThat(table.get(key)).isEqualTo(map.get(key));
        }
        var visited = new IdentityHashMap<Key, Integer>();
        table.forEach((key, value) -> assertThat(visited.put(key, value)).isNull());
        assertThat(visited).isEqualTo(map);
        assertThat(table.newest()).matches(it -> map.isEmpty() ? it == null : map.containsKey(it));
    }

    @Example
    void an_empty_table_is_always_the_same() {
        Table<Key, Integer> table = Table.empty();
        for (var key : KEYS) {
            table = table.with(key, 1);
        }
        for (var key : KEYS) {
            table = table.without(key);
        }

        assertThat(table).isSameAs(Table.empty());
        assertThat(Table.of(KEYS.getFirst(), 1).without(KEYS.getFirst())).isSameAs(Table.empty());
    }

    @Example
    void a_hundred_thousand_entries_come_and_go() {
        Table<Key, Integer> table = Table.empty();
        var keys = IntStream.range(0, 100_000).mapToObj(i -> new Key(i, i)).toList();
        for (var key : keys) {
            table = table.with(key, key.number);
        }
        assertThat(table.size()).isEqualTo(100_000);
        for (var key : keys) {
            assertThat(table.get(key)).isEqualTo(key.number);
            table = table.without(key);
        }
        assertThat(table).isSameAs(Table.empty());
    }
}
