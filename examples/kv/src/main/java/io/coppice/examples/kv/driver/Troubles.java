package io.coppice.examples.kv.driver;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The keys that did not answer when last asked: since when, and when to ask again. */
final class Troubles {

    private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MOST_DOUBLINGS = 4;

    private record Trouble(long sinceNanos, int tries, long againNanos) {}

    private final Map<String, Trouble> byKey = new HashMap<>(); // no more than there are keys

    /** It did not answer: it is asked again after 1 ms, and then 2, 4, 8 and 16 at most. */
    void add(String key, long nowNanos) {
        Trouble before = byKey.get(key);
        int tries = before == null ? 0 : before.tries + 1;
        byKey.put(
                key,
                new Trouble(
                        before == null ? nowNanos : before.sinceNanos,
                        tries,
                        nowNanos + (FIRST_WAIT_NANOS << Math.min(tries, MOST_DOUBLINGS))));
    }

    /** Whether it may be asked now. */
    boolean isReady(String key, long nowNanos) {
        Trouble trouble = byKey.get(key);
        return trouble == null || nowNanos - trouble.againNanos >= 0;
    }

    /**
     * It answered, or will not be asked any more.
     *
     * @return how long it had not answered, if it was in trouble
     */
    OptionalLong end(String key, long nowNanos) {
        Trouble trouble = byKey.remove(key);
        return trouble == null
                ? OptionalLong.empty()
                : OptionalLong.of(nowNanos - trouble.sinceNanos);
    }
}
