package io.coppice.examples.kv.store;

import io.coppice.examples.kv.store.Effect.End;

import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What commands on lists come to. */
record Lists(View view) {

    private static final ArrayDeque<Bytes> NO_LIST = new ArrayDeque<>();

    Outcome decide(ListCommand command) {
        return switch (command) {
            case ListCommand.Push(var key, var end, var values) ->
                    Outcome.of(
                            Reply.of(list(key).size() + values.size()),
                            new Effect.Push(key, end, values));
            case ListCommand.Pop(var key, var end, var count) -> pop(key, end, count);
            case ListCommand.Range(var key, var start, var stop) ->
                    Outcome.unchanged(range(list(key), start, stop));
        };
    }

    /** The list, empty if the key does not exist; not to be changed. */
    private ArrayDeque<Bytes> list(Bytes key) {
        var value = view.value(key, Value.Elements.class);
        return value == null ? NO_LIST : value.deque();
    }

    private Outcome pop(Bytes key, End end, OptionalLong count) {
        ArrayDeque<Bytes> list = list(key);
        if (list.isEmpty()) {
            return Outcome.unchanged(count.isPresent() ? Reply.NIL_ARRAY : Reply.NIL);
        }
        int popped = (int) Math.min(count.orElse(1), list.size());
        if (popped == 0) {
            return Outcome.unchanged(Reply.EMPTY);
        }
        List<Bytes> values = from(list, end).limit(popped).toList();
        return Outcome.of(
                count.isPresent() ? Reply.bulks(values) : new Reply.Bulk(values.get(0)),
                new Effect.Pop(key, end, popped));
    }

    private static Stream<Bytes> from(ArrayDeque<Bytes> list, End end) {
        return end == End.LEFT ? list.stream() : list.reversed().stream();
    }

    private static Reply range(ArrayDeque<Bytes> list, long start, long stop) {
        long first = Math.max(0, fromLeft(start, list.size()));
        long last = Math.min(list.size() - 1L, fromLeft(stop, list.size()));
        return first > last
                ? Reply.EMPTY
                : Reply.bulks(list.stream().skip(first).limit(last - first + 1).toList());
    }

    private static long fromLeft(long index, int size) {
        return index < 0 ? index + size : index;
    }
}
