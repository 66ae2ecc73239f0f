package io.coppice.examples.kv.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;

class PlanTest {

    private static final Reply ERROR = new Reply.Error("ERR gone");

    private static Plan plan(String line, int shards) {
        return Plan.of((StoreCommand) Commands.parse(Dialogue.words(line)), shards);
    }

    @Test
    void a_key_lives_in_the_same_shard_for_ever() {
        assertThat(Plan.shardOf(Bytes.of("a"), 8))
                .isEqualTo(plan("GET a", 8).parts().get(0).shard());
        assertThat(List.of("a", "b", "c", "d").stream().map(key -> Plan.shardOf(Bytes.of(key), 8)))
                .containsExactly(3, 0, 6, 6);
    }

    @Test
    void keys_go_to_their_shards_and_a_shard_is_asked_once() {
        var parts = plan("MSET a 1 b 2 c 3 d 4", 8).parts();

        assertThat(parts).extracting(Plan.Part::shard).containsExactly(0, 3, 6);
        assertThat(parts.get(2).command().keys()).containsExactly(Bytes.of("c"), Bytes.of("d"));
    }

    @Test
    void what_concerns_all_keys_goes_to_all_shards() {
        for (var line : List.of("DBSIZE", "FLUSHALL", "KEYS *")) {
            var shards = new HashSet<Integer>();
            plan(line, 5).parts().forEach(part -> shards.add(part.shard()));
            assertThat(shards).as(line).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        }
    }

    @Test
    void one_error_is_the_answer_whatever_the_others_say() {
        var last = new Reply.Error("ERR gone too");
        for (var line :
                List.of("MGET a b c d", "MSET a 1 c 2 d 3", "DEL a c d", "DBSIZE", "KEYS *")) {
            var replies = List.of(Reply.EMPTY, ERROR, last);
            assertThat(plan(line, 3).join().join(replies)).as(line).isEqualTo(ERROR);
        }
    }

    @Test
    void answers_that_no_shard_gives_are_not_made_into_one() {
        assertThatThrownBy(() -> plan("DBSIZE", 1).join().join(List.of(Reply.OK)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a number was expected, not Simple[text=OK]");
        assertThatThrownBy(() -> plan("KEYS *", 1).join().join(List.of(Reply.OK)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an array was expected, not Simple[text=OK]");
    }

    @Test
    void there_is_a_shard_at_least() {
        assertThatThrownBy(() -> plan("DBSIZE", 0)).hasMessage("shards: 0");
        assertThatThrownBy(() -> plan("DBSIZE", 65_537)).hasMessage("shards: 65537");
    }
}
