package io.coppice.examples.kv.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How the replies of several shards become the answer of a request. */
public sealed interface Join {

    /** All say the same, such as {@code OK}. */
    record Same() implements Join {}

    /** Each counts its own. */
    record Sum() implements Join {}

    /** Each lists its own, in whatever order. */
    record Union() implements Join {}

    /**
     * Each answers some elements of one list.
     *
     * @param size of the list
     * @param indexes for each reply, the places of its elements in the list
     */
    record InOrder(int size, List<List<Integer>> indexes) implements Join {}

    /**
     * One shard has scanned a piece of its keys: the cursor it answers is made one of all shards,
     * and after its last piece comes the first of the next shard.
     */
    record Scanned(int shard, int shards) implements Join {
        private Reply translate(List<Reply> answer) {
            if (!(answer.get(0) instanceof Reply.Bulk(var cursor))) {
                throw new IllegalArgumentException("a cursor was expected, not " + answer.get(0));
            }
            long position = cursor.number().orElseThrow();
            long next =
                    position == 0 ? nextShard() : new ScanCursor(shard, position).number(shards);
            return new Reply.Array(List.of(Reply.bulk(Long.toString(next)), answer.get(1)));
        }

        private long nextShard() {
            return shard + 1 == shards ? 0 : new ScanCursor(shard + 1, 0).number(shards);
        }
    }

    /**
     * @param replies of the parts, in the order of the {@linkplain Plan#parts plan}
     * @return the first error among them, if there is any
     * @throws IllegalArgumentException if they are not what such parts answer
     */
    default Reply join(List<Reply> replies) {
        for (var reply : replies) {
            if (reply instanceof Reply.Error) {
                return reply;
            }
        }
        return switch (this) {
            case Same() -> replies.get(0);
            case Sum() -> Reply.of(replies.stream().mapToLong(Join::number).sum());
            case Union() ->
                    new Reply.Array(
                            replies.stream().flatMap(reply -> elements(reply).stream()).toList());
            case InOrder(var size, var indexes) -> inOrder(size, indexes, replies);
            case Scanned scanned -> scanned.translate(elements(replies.get(0)));
        };
    }

    private static Reply inOrder(int size, List<List<Integer>> indexes, List<Reply> replies) {
        var joined = new ArrayList<Reply>(Collections.nCopies(size, Reply.NIL));
        for (int part = 0; part < indexes.size(); part++) {
            List<Reply> elements = elements(replies.get(part));
            for (int i = 0; i < elements.size(); i++) {
                joined.set(indexes.get(part).get(i), elements.get(i));
            }
        }
        return new Reply.Array(joined);
    }

    private static long number(Reply reply) {
        if (reply instanceof Reply.Number(var value)) {
            return value;
        }
        throw new IllegalArgumentException("a number was expected, not " + reply);
    }

    private static List<Reply> elements(Reply reply) {
        if (reply instanceof Reply.Array(var elements)) {
            return elements;
        }
        throw new IllegalArgumentException("an array was expected, not " + reply);
    }
}
