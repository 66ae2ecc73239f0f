package io.coppice.examples.kv.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * A command on several keys. It is atomic for each of them alone: they may live on different
 * shards.
 */
sealed interface MultiRequest extends Request {

    /** What it asks of each key. */
    List<KeyRequest> parts();

    /** How its answer is made of those of its parts. */
    Combined combined();

    /** How one answer stands for many. */
    enum Combined {
        /** The number of keys of which it was true. */
        COUNT,
        /** An answer for each key. */
        EACH,
        /** One answer that holds for every key. */
        SAME
    }

    @Override
    default List<String> keys() {
        return parts().stream().map(KeyRequest::key).toList();
    }

    record MultiDel(List<String> keys) implements MultiRequest, Write {
        @Override
        public List<KeyRequest> parts() {
            return keys.stream().<KeyRequest>map(AnyRequest.Del::new).toList();
        }

        @Override
        public Combined combined() {
            return Combined.COUNT;
        }

        @Override
        public List<String> words() {
            return command("DEL", keys);
        }
    }

    record MultiExists(List<String> keys) implements MultiRequest {
        @Override
        public List<KeyRequest> parts() {
            return keys.stream().<KeyRequest>map(AnyRequest.Exists::new).toList();
        }

        @Override
        public Combined combined() {
            return Combined.COUNT;
        }

        @Override
        public List<String> words() {
            return command("EXISTS", keys);
        }
    }

    record Mget(List<String> keys) implements MultiRequest {
        @Override
        public List<KeyRequest> parts() {
            return keys.stream().<KeyRequest>map(TextRequest.Peek::new).toList();
        }

        @Override
        public Combined combined() {
            return Combined.EACH;
        }

        @Override
        public List<String> words() {
            return command("MGET", keys);
        }
    }

    record Mset(SortedMap<String, String> values) implements MultiRequest, Write {
        @Override
        public List<KeyRequest> parts() {
            return values.entrySet().stream()
                    .<KeyRequest>map(entry -> new TextRequest.Set(entry.getKey(), entry.getValue()))
                    .toList();
        }

        @Override
        public Combined combined() {
            return Combined.SAME;
        }

        @Override
        public List<String> words() {
            var words = new ArrayList<String>();
            words.add("MSET");
            values.forEach((key, value) -> words.addAll(List.of(key, value)));
            return words;
        }
    }

    private static List<String> command(String command, List<String> keys) {
        return Request.words(command, keys.getFirst(), keys.subList(1, keys.size()));
    }
}
