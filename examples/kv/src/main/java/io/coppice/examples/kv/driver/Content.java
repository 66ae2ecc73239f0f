package io.coppice.examples.kv.driver;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a key may hold. Values never change; an empty list, hash or set is {@link Absent}. */
sealed interface Content {

    record Absent() implements Content {}

    record Text(String value) implements Content {}

    record Elements(List<String> values) implements Content {
        public Elements {
            values = List.copyOf(values);
        }
    }

    record Fields(SortedMap<String, String> values) implements Content {
        public Fields {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }
    }

    record Members(SortedSet<String> values) implements Content {
        public Members {
            values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
        }
    }

    static Content elements(List<String> values) {
        return values.isEmpty() ? new Absent() : new Elements(values);
    }

    static Content fields(SortedMap<String, String> values) {
        return values.isEmpty() ? new Absent() : new Fields(values);
    }

    static Content members(SortedSet<String> values) {
        return values.isEmpty() ? new Absent() : new Members(values);
    }
}
