package io.coppice.examples.kv.driver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One command, as a client sends it. */
sealed interface Request permits KeyRequest, MultiRequest {

    /** The command and its arguments; one character for each byte. */
    List<String> words();

    /** The keys it is about, each once. */
    List<String> keys();

    /**
     * Whether it may change what a key holds. One that does not may be repeated as often as one
     * likes.
     */
    default boolean writes() {
        return this instanceof Write;
    }

    /**
     * The part of an answer that is the same each time: what comes in no order is sorted, and of an
     * error only its kind is left.
     */
    default Answer comparable(Answer answer) {
        return answer instanceof Answer.Error error ? error.kind() : answer;
    }

    /** Marks a request that may change something. */
    interface Write {}

    static List<String> words(String command, String key, String... rest) {
        return words(command, key, List.of(rest));
    }

    static List<String> words(String command, String key, Collection<String> rest) {
        var words = new ArrayList<String>(2 + rest.size());
        words.add(command);
        words.add(key);
        words.addAll(rest);
        return words;
    }
}
