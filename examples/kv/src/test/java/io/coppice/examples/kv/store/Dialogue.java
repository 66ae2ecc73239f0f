package io.coppice.examples.kv.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A client of some shards without a server: words in, reply out, as redis-cli shows it. */
public final class Dialogue {

    private final List<Database> shards;
    private long nowMillis = 1_000_000;

    public Dialogue(int shards) {
        this.shards = Stream.generate(() -> new Database(1 << 20)).limit(shards).toList();
    }

    public void pass(long millis) {
        nowMillis += millis;
    }

    /** Words parted by blanks; {@code ''} is the empty one. */
    public String ask(String line) {
        return show(reply(words(line)));
    }

    public Reply reply(List<Bytes> words) {
        try {
            var plan = Plan.of((StoreCommand) Commands.parse(words), shards.size());
            var replies = new ArrayList<Reply>();
            for (var part : plan.parts()) {
                replies.add(shards.get(part.shard()).apply(part.command(), nowMillis).reply());
            }
            return plan.join().join(replies);
        } catch (RedisError e) {
            return e.reply();
        }
    }

    public static List<Bytes> words(String line) {
        return Stream.of(line.split(" "))
                .map(word -> word.equals("''") ? Bytes.EMPTY : Bytes.of(word))
                .toList();
    }

    public static String show(Reply reply) {
        return switch (reply) {
            case Reply.Simple(var text) -> text;
            case Reply.Error(var text) -> "(error) " + text;
            case Reply.Number(var value) -> "(integer) " + value;
            case Reply.Bulk(var value) -> '"' + value.text() + '"';
            case Reply.Nil() -> "(nil)";
            case Reply.NilArray() -> "(nil array)";
            case Reply.Array(var elements) ->
                    elements.stream().map(Dialogue::show).toList().toString();
        };
    }
}
