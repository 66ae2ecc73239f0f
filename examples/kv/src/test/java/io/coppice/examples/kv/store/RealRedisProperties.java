package io.coppice.examples.kv.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.examples.kv.RealRedis;
import io.coppice.examples.kv.RespClient;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The same requests, of this server's shards and of a real Redis, where there is one. */
class RealRedisProperties {

    private static @Nullable RealRedis real;

    @BeforeContainer
    static void start() throws IOException {
        if (RealRedis.program().isPresent()) {
            real = RealRedis.start();
        }
    }

    @AfterContainer
    static void stop() throws IOException {
        if (real != null) {
            real.close();
        }
    }

    @Property(tries = 300)
    void every_reply_is_that_of_redis(@ForAll("requests") List<List<Bytes>> script)
            throws IOException {
        if (real == null) {
            assertThat(System.getenv("CI")).as("there must be a Redis in CI").isNull();
            return;
        }
        var ours = new Dialogue(3);
        try (RespClient theirs = real.client()) {
            theirs.ask("FLUSHALL");
            for (var words : script) {
                assertThat(comparable(words, ours.reply(words)))
                        .as(words + " in " + script)
                        .isEqualTo(comparable(words, theirs.ask(words)));
            }
        }
    }

    /** Where the order is nobody's business, it is not compared. */
    private static Object comparable(List<Bytes> words, Reply reply) {
        if (!(reply instanceof Reply.Array(var elements))) {
            return reply;
        }
        Bytes name = words.get(0);
        if (name.is("keys") || name.is("smembers")) {
            return new HashSet<>(elements);
        }
        if (name.is("hgetall")) {
            var fields = new HashSet<List<Reply>>();
            for (int i = 0; i < elements.size(); i += 2) {
                fields.add(new ArrayList<>(elements.subList(i, i + 2)));
            }
            return fields;
        }
        return reply;
    }

    @Provide
    Arbitrary<List<List<Bytes>>> requests() {
        return AnyRequest.sequences(60);
    }
}
