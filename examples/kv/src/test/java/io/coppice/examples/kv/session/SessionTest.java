package io.coppice.examples.kv.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.examples.kv.TinyServer;
import io.coppice.examples.kv.resp.RespCodec;
import io.coppice.examples.kv.resp.RespLimits;
import io.coppice.examples.kv.store.Commands;
import io.coppice.examples.kv.store.ConnectionCommand;
import io.coppice.examples.kv.store.Dialogue;
import io.coppice.examples.kv.store.Reply;

import org.junit.jupiter.api.Test;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;

import java.util.Map;

class SessionTest {

    private final Session session = new Session(7, "127.0.0.1:1234");

    private Reply answer(String line) {
        return session.answer((ConnectionCommand) Commands.parse(Dialogue.words(line)));
    }

    private void says(String line, String reply) {
        assertThat(Dialogue.show(answer(line))).as(line).isEqualTo(reply);
    }

    @Test
    void a_client_is_told_what_it_has_said() {
        says("PING", "PONG");
        says("PING hello", "\"hello\"");
        says("ECHO hello", "\"hello\"");
        says("CLIENT GETNAME", "(nil)");
        says("CLIENT SETNAME me", "OK");
        says("CLIENT GETNAME", "\"me\"");
        says("CLIENT ID", "(integer) 7");
        says("HELLO 2 SETNAME you", hello());
        says("CLIENT GETNAME", "\"you\"");
        says("HELLO", hello());
        says("CLIENT GETNAME", "\"you\"");
        says("RESET", "RESET");
        says("CLIENT GETNAME", "(nil)");
        says("SELECT 0", "OK");
        says("CLIENT SETINFO LIB-NAME jedis", "OK");
        says("CLIENT NO-EVICT on", "OK");
        says("QUIT", "OK");
    }

    private static String hello() {
        return "[\"server\", \"redis\", \"version\", \"7.0.15\", \"proto\", (integer) 2, \"id\","
                + " (integer) 7, \"mode\", \"standalone\", \"role\", \"master\", \"modules\", []]";
    }

    @Test
    void settings_are_found_by_pattern() {
        says("CONFIG GET save", "[\"save\", \"\"]");
        says("CONFIG GET APPENDONLY nothing", "[\"appendonly\", \"yes\"]");
        says("CONFIG GET nothing", "[]");
    }

    @Test
    void commands_are_described() {
        says(
                "COMMAND INFO get foo mset",
                "[[\"get\", (integer) 2, [readonly], (integer) 1, (integer) 1, (integer) 1], (nil"
                        + " array), [\"mset\", (integer) -3, [write], (integer) 1, (integer) -1,"
                        + " (integer) 2]]");
        says(
                "COMMAND DOCS get foo",
                "[\"get\", [\"summary\", \"Get a string\", \"group\", \"string\"]]");
        assertThat(answer("COMMAND COUNT")).isEqualTo(Reply.of(Commands.all().size()));
        assertThat(((Reply.Array) answer("COMMAND")).elements()).hasSize(Commands.all().size());
        assertThat(((Reply.Array) answer("COMMAND LIST")).elements())
                .hasSize(Commands.all().size());
    }

    @Test
    void jedis_is_served() {
        try (var server = new TinyServer(new RespCodec(RespLimits.DEFAULT));
                var jedis = new Jedis("127.0.0.1", server.port())) {
            assertThat(jedis.ping()).isEqualTo("PONG");
            assertThat(jedis.set("a", "1", SetParams.setParams().nx().ex(100))).isEqualTo("OK");
            assertThat(jedis.incrBy("a", 41)).isEqualTo(42);
            assertThat(jedis.ttl("a")).isBetween(99L, 100L);
            assertThat(jedis.mget("a", "b")).containsExactly("42", null);
            assertThat(jedis.hset("h", Map.of("f", "1", "g", "2"))).isEqualTo(2);
            assertThat(jedis.hgetAll("h")).isEqualTo(Map.of("f", "1", "g", "2"));
            assertThat(jedis.rpush("l", "x", "y")).isEqualTo(2);
            assertThat(jedis.lpop("l", 5)).containsExactly("x", "y");
            assertThat(jedis.lpop("l")).isNull();
            assertThat(jedis.sadd("s", "m")).isEqualTo(1);
            assertThat(jedis.smembers("s")).containsExactly("m");
            assertThat(jedis.scan("0", new ScanParams().count(100)).getResult())
                    .isSubsetOf("a", "h", "s");
            assertThat(jedis.dbSize()).isEqualTo(3);
            assertThat(jedis.flushAll()).isEqualTo("OK");
        }
    }
}
