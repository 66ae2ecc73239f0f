package io.coppice.examples.kv.store;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class ScanProperties {

    /** Redis promises that they are answered at least once, this server exactly once. */
    @Property(tries = 200)
    void keys_there_all_the_time_are_scanned_once_whatever_else_comes_and_goes(
            @ForAll @Size(max = 60) @UniqueElements List<@IntRange(max = 999) Integer> staying,
            @ForAll @Size(max = 60) List<@IntRange(min = 1000, max = 1020) Integer> passing,
            @ForAll @IntRange(min = 1, max = 7) int count,
            @ForAll @IntRange(min = 1, max = 5) int shards) {
        var redis = new Dialogue(shards);
        staying.forEach(key -> redis.ask("SET " + key + " 1"));

        var scanned = new ArrayList<String>();
        var changes = passing.iterator();
        String cursor = "0";
        do {
            var answer =
                    (Reply.Array)
                            redis.reply(
                                    Dialogue.words("SCAN %s COUNT %d".formatted(cursor, count)));
            cursor = ((Reply.Bulk) answer.elements().get(0)).value().text();
            var keys = ((Reply.Array) answer.elements().get(1)).elements();
            keys.forEach(key -> scanned.add(((Reply.Bulk) key).value().text()));
            if (changes.hasNext()) {
                String key = changes.next().toString();
                redis.ask(
                        (redis.ask("EXISTS " + key).endsWith("1") ? "DEL %s" : "SET %s 1")
                                .formatted(key));
            }
        } while (!cursor.equals("0"));

        Set<String> mine = Set.copyOf(staying.stream().map(String::valueOf).toList());
        assertThat(scanned.stream().filter(mine::contains))
                .containsExactlyInAnyOrderElementsOf(mine);
    }

    @Property
    void a_cursor_made_up_by_a_client_is_answered_or_refused(@ForAll long cursor) {
        var redis = new Dialogue(3);
        redis.ask("MSET a 1 b 2 c 3");

        Reply reply = redis.reply(List.of(Bytes.of("SCAN"), Bytes.of(cursor)));

        assertThat(reply)
                .matches(
                        it ->
                                it instanceof Reply.Array
                                        || it.equals(new Reply.Error("ERR invalid cursor")));
    }
}
