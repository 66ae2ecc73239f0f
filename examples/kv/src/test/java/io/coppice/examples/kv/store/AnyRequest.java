package io.coppice.examples.kv.store;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests on few keys, so that they meet: most of them well-formed, some of them nonsense. */
public final class AnyRequest {

    private static final String[] TEMPLATES = {
        "GET K",
        "SET K V",
        "SET K V",
        "SET K V EX T",
        "SET K V PX T NX",
        "SET K V XX KEEPTTL",
        "SET K V GET",
        "SET K V NX GET",
        "SETNX K V",
        "GETSET K V",
        "DEL K K K",
        "DEL K",
        "EXISTS K K K",
        "INCR K",
        "INCR K",
        "DECR K",
        "INCRBY K N",
        "DECRBY K N",
        "APPEND K V",
        "APPEND K V",
        "STRLEN K",
        "MGET K K K K",
        "MSET K V K V K V",
        "EXPIRE K T",
        "EXPIRE K T NX",
        "EXPIRE K T XX",
        "EXPIRE K T GT",
        "EXPIRE K T LT",
        "EXPIRE K N",
        "PEXPIRE K T",
        "TTL K",
        "PERSIST K",
        "TYPE K",
        "KEYS P",
        "DBSIZE",
        "LPUSH K V V",
        "RPUSH K V V V",
        "LPOP K",
        "RPOP K",
        "LPOP K C",
        "RPOP K C",
        "LRANGE K I I",
        "HSET K F V F V",
        "HGET K F",
        "HGETALL K",
        "HDEL K F F",
        "SADD K V V V",
        "SREM K V V",
        "SMEMBERS K",
    };

    private static final String[] WORDS = {
        "NX", "xx", "GT", "Lt", "EX", "PX", "GET", "KEEPTTL", "COUNT", "MATCH", "ASYNC", "K", "V",
        "N", "P",
    };

    private final Random random;

    private AnyRequest(Random random) {
        this.random = random;
    }

    public static Arbitrary<List<List<Bytes>>> sequences(int longest) {
        return single().list()
                .ofMaxSize(longest)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    public static Arbitrary<List<Bytes>> single() {
        return Arbitraries.randomValue(random -> new AnyRequest(random).words());
    }

    private List<Bytes> words() {
        var words = new ArrayList<Bytes>();
        String[] template = one(TEMPLATES).split(" ");
        words.add(Bytes.of(template[0]));
        for (int i = 1; i < template.length; i++) {
            words.add(word(template[i]));
        }
        int nonsense = random.nextInt(20);
        if (nonsense == 0) {
            words.add(word(one(WORDS)));
        } else if (nonsense == 1 && words.size() > 1) {
            words.remove(words.size() - 1);
        } else if (nonsense == 2 && words.size() > 1) {
            words.set(random.nextInt(words.size() - 1) + 1, word(one(WORDS)));
        }
        return words;
    }

    private Bytes word(String slot) {
        return Bytes.of(
                switch (slot) {
                    case "K" -> one("a", "b", "c", "d", "e", "f");
                    case "V" ->
                            one("1", "-5", "abc", "", "x y", "007", "9223372036854775807", "\r\n");
                    case "F" -> one("f", "g", "h");
                    case "T" -> String.valueOf(1000L * (1 + random.nextInt(1_000_000)));
                    case "N" ->
                            one(
                                    "1",
                                    "-1",
                                    "7",
                                    "0",
                                    "nope",
                                    "9223372036854775807",
                                    "-9223372036854775808");
                    case "C" -> one("0", "1", "2", "100", "-1", "x");
                    case "I" -> one("0", "1", "-1", "-2", "5", "-100", "100", "x");
                    case "P" -> one("*", "a", "[a-c]", "?", "nothing", "[^a]");
                    default -> slot;
                });
    }

    private String one(String... words) {
        return words[random.nextInt(words.length)];
    }
}
