package io.coppice.examples.kv.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class DatabaseTest {

    private final Dialogue redis = new Dialogue(1);

    @Nested
    class Strings {

        @Test
        void a_string_set_is_got() {
            says("SET a 1", "OK");
            says("GET a", "\"1\"");
            says("GET b", "(nil)");
            says("STRLEN a", "(integer) 1");
            says("STRLEN b", "(integer) 0");
        }

        @Test
        void set_obeys_its_conditions() {
            says("SET a 1 XX", "(nil)");
            says("SET a 1 NX", "OK");
            says("SET a 2 NX", "(nil)");
            says("SET a 3 XX GET", "\"1\"");
            says("SET b 1 GET", "(nil)");
            says("SETNX a 4", "(integer) 0");
            says("SETNX c 4", "(integer) 1");
            says("GETSET a 5", "\"3\"");
            says("MGET a b c d", "[\"5\", \"1\", \"4\", (nil)]");
        }

        @Test
        void numbers_are_counted_up_and_down_within_64_bits() {
            says("INCR a", "(integer) 1");
            says("DECR a", "(integer) 0");
            says("INCRBY a 9223372036854775807", "(integer) 9223372036854775807");
            says("INCR a", "(error) ERR increment or decrement would overflow");
            says("GET a", "\"9223372036854775807\"");
            says("INCRBY a x", "(error) ERR value is not an integer or out of range");
            says("SET b abc", "OK");
            says("INCR b", "(error) ERR value is not an integer or out of range");
            says("DECRBY b -9223372036854775808", "(error) ERR decrement would overflow");
        }

        @Test
        void appending_leaves_what_was_got_before_as_it_was() {
            says("APPEND a x", "(integer) 1");
            Reply before = redis.reply(Dialogue.words("GET a"));
            says("APPEND a y", "(integer) 2");
            says("APPEND a z", "(integer) 3");

            assertThat(Dialogue.show(before)).isEqualTo("\"x\"");
            says("GET a", "\"xyz\"");
        }

        @Test
        void a_string_cannot_be_made_longer_than_allowed() {
            redis.reply(List.of(Bytes.of("SET"), Bytes.of("a"), Bytes.wrap(new byte[1 << 20])));

            says(
                    "APPEND a x",
                    "(error) ERR string exceeds maximum allowed size (proto-max-bulk-len)");
            says("STRLEN a", "(integer) 1048576");
        }
    }

    @Nested
    class Times {

        @Test
        void a_key_is_gone_when_its_time_is_up() {
            says("SET a 1 PX 1500", "OK");
            says("TTL a", "(integer) 2");
            says("PTTL a", "(integer) 1500");
            redis.pass(1499);
            says("GET a", "\"1\"");
            redis.pass(1);
            says("GET a", "(nil)");
            says("TTL a", "(integer) -2");
            says("DBSIZE", "(integer) 0");
            says("KEYS *", "[]");
            says("EXISTS a", "(integer) 0");
            says("SETNX a 2", "(integer) 1");
            says("TTL a", "(integer) -1");
        }

        @Test
        void a_clock_set_back_does_not_bring_a_key_back() {
            says("SET a 1 EX 1", "OK");
            redis.pass(1000);
            says("GET a", "(nil)");
            redis.pass(-1000);
            says("GET a", "(nil)");
        }

        @Test
        void a_write_to_an_expired_list_begins_a_new_one() {
            says("RPUSH a old", "(integer) 1");
            says("EXPIRE a 1", "(integer) 1");
            redis.pass(1000);
            says("RPUSH a new", "(integer) 1");
            says("LRANGE a 0 -1", "[\"new\"]");
            says("TTL a", "(integer) -1");
        }

        @Test
        void setting_forgets_the_time_unless_told_to_keep_it() {
            says("SET a 1 EX 10", "OK");
            says("SET a 2 KEEPTTL", "OK");
            says("INCR a", "(integer) 3");
            says("APPEND a 0", "(integer) 2");
            says("TTL a", "(integer) 10");
            says("SET a 1", "OK");
            says("TTL a", "(integer) -1");
            says("PERSIST a", "(integer) 0");
        }

        @Test
        void expire_obeys_its_conditions() {
            says("EXPIRE a 10", "(integer) 0");
            says("SET a 1", "OK");
            says("EXPIRE a 10 XX", "(integer) 0");
            says("EXPIRE a 10 GT", "(integer) 0");
            says("EXPIRE a 10 NX", "(integer) 1");
            says("EXPIRE a 9 GT", "(integer) 0");
            says("EXPIRE a 11 LT", "(integer) 0");
            says("EXPIRE a 11 XX GT", "(integer) 1");
            says("PERSIST a", "(integer) 1");
            says("EXPIRE a 10 LT", "(integer) 1");
            says("EXPIRE a -1", "(integer) 1");
            says("EXISTS a", "(integer) 0");
        }

        @Test
        void the_sweep_removes_the_expired_oldest_first_and_no_more_than_asked() {
            var database = new Database(100);
            for (int i = 1; i <= 5; i++) {
                var key = Bytes.of("k" + i);
                database.replay(new Effect.Put(key, Bytes.EMPTY, i * 10L));
            }

            assertThat(database.nextExpiryMillis()).hasValue(10);
            assertThat(database.expire(30, 2))
                    .containsExactly(
                            new Effect.Delete(Bytes.of("k1")), new Effect.Delete(Bytes.of("k2")));
            assertThat(database.expire(30, 2)).containsExactly(new Effect.Delete(Bytes.of("k3")));
            assertThat(database.expire(30, 2)).isEmpty();
            assertThat(database.size()).isEqualTo(2);
            assertThat(database.nextExpiryMillis()).hasValue(40);
        }
    }

    @Nested
    class Collections {

        @Test
        void a_list_is_pushed_and_popped_at_both_ends() {
            says("LPUSH l b a", "(integer) 2");
            says("RPUSH l c d", "(integer) 4");
            says("LRANGE l 0 -1", "[\"a\", \"b\", \"c\", \"d\"]");
            says("LRANGE l -2 100", "[\"c\", \"d\"]");
            says("LRANGE l 2 1", "[]");
            says("LRANGE l -100 0", "[\"a\"]");
            says("LRANGE l 9223372036854775807 -9223372036854775808", "[]");
            says("LPOP l", "\"a\"");
            says("RPOP l 2", "[\"d\", \"c\"]");
            says("LPOP l 0", "[]");
            says("LPOP l 9223372036854775807", "[\"b\"]");
            says("EXISTS l", "(integer) 0");
            says("LPOP l", "(nil)");
            says("LPOP l 1", "(nil array)");
            says("LPOP l -1", "(error) ERR value is out of range, must be positive");
        }

        @Test
        void a_hash_keeps_its_fields() {
            says("HSET h f 1 g 2 f 3", "(integer) 2");
            says("HSET h f 4", "(integer) 0");
            says("HGET h f", "\"4\"");
            says("HGET h x", "(nil)");
            says("HGETALL h", "[\"f\", \"4\", \"g\", \"2\"]");
            says("HDEL h f f x", "(integer) 1");
            says("HDEL h g", "(integer) 1");
            says("EXISTS h", "(integer) 0");
            says("HGETALL h", "[]");
            says("HSET h f", "(error) ERR wrong number of arguments for 'hset' command");
        }

        @Test
        void a_set_keeps_its_members() {
            says("SADD s a b a", "(integer) 2");
            says("SADD s b c", "(integer) 1");
            says("SMEMBERS s", "[\"a\", \"b\", \"c\"]");
            says("SREM s a a x", "(integer) 1");
            says("SREM s b c", "(integer) 2");
            says("TYPE s", "none");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "LPUSH text x", "LPOP text", "LRANGE text 0 1", "HSET text a b", "HGET text a",
                    "HGETALL text", "HDEL text a", "SADD text a", "SREM text a", "SMEMBERS text",
                    "GET list", "INCR list", "APPEND list a", "STRLEN list", "GETSET list a",
                    "SET list 1 GET",
                })
        void a_command_on_another_type_is_refused_and_changes_nothing(String line) {
            redis.ask("SET text 1");
            redis.ask("RPUSH list 1");

            says(line, "(error) WRONGTYPE Operation against a key holding the wrong kind of value");
            says("GET text", "\"1\"");
            says("LRANGE list 0 -1", "[\"1\"]");
            says("MGET text list", "[\"1\", (nil)]");
        }
    }

    @Nested
    class Keys {

        @Test
        void keys_are_counted_deleted_and_typed() {
            says("MSET a 1 b 2 a 3", "OK");
            says("RPUSH l 1", "(integer) 1");
            says("EXISTS a a b x", "(integer) 3");
            says("TYPE a", "string");
            says("TYPE l", "list");
            says("DEL a a x", "(integer) 1");
            says("DBSIZE", "(integer) 2");
            says("FLUSHALL SYNC", "OK");
            says("DBSIZE", "(integer) 0");
        }

        @Test
        void a_scan_filters_by_pattern_and_type() {
            says("MSET aa 1 ab 2 b 3", "OK");
            says("RPUSH al 1", "(integer) 1");
            says("SCAN 0 MATCH aa COUNT 100", "[\"0\", [\"aa\"]]");
            says("SCAN 0 TYPE list COUNT 100", "[\"0\", [\"al\"]]");
            says("SCAN 0 TYPE stream COUNT 100", "[\"0\", []]");
        }

        @Test
        void a_scan_looks_at_no_more_than_it_was_asked_to() {
            for (int i = 0; i < 100; i++) {
                redis.ask("SET k" + i + " 1");
            }
            var answer = (Reply.Array) redis.reply(Dialogue.words("SCAN 0 COUNT 7"));

            assertThat(((Reply.Array) answer.elements().get(1)).elements()).hasSize(7);
            assertThat(Dialogue.show(answer.elements().get(0))).isNotEqualTo("\"0\"");
        }
    }

    private void says(String line, String reply) {
        assertThat(redis.ask(line)).as(line).isEqualTo(reply);
    }
}
