package io.coppice.examples.kv.driver;

import io.coppice.examples.kv.driver.State.Step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A command on a hash. */
sealed interface HashRequest extends KeyRequest {

    record Hset(String key, SortedMap<String, String> fields) implements HashRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("HSET", key, flat(fields));
        }
    }

    record Hget(String key, String field) implements HashRequest {
        @Override
        public List<String> words() {
            return Request.words("HGET", key, field);
        }
    }

    record Hdel(String key, List<String> fields) implements HashRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("HDEL", key, fields);
        }
    }

    record Hgetall(String key) implements HashRequest {
        @Override
        public List<String> words() {
            return Request.words("HGETALL", key);
        }

        @Override
        public Answer comparable(Answer answer) {
            return Unordered.pairs(HashRequest.super.comparable(answer));
        }
    }

    @Override
    default Step on(State before) {
        return switch (before.content()) {
            case Content.Absent() -> on(before, new TreeMap<>());
            case Content.Fields(var values) -> on(before, values);
            default -> before.answers(Answer.WRONG_TYPE);
        };
    }

    private Step on(State before, SortedMap<String, String> values) {
        return switch (this) {
            case Hset(var key, var fields) -> {
                var more = new TreeMap<>(values);
                more.putAll(fields);
                yield before.with(Content.fields(more)).answers(more.size() - values.size());
            }

            case Hget(var key, var field) ->
                    before.answers(
                            Optional.ofNullable(values.get(field))
                                    .<Answer>map(Answer.Text::new)
                                    .orElse(Answer.NIL));

            case Hdel(var key, var fields) -> {
                var fewer = new TreeMap<>(values);
                fields.forEach(fewer::remove);
                yield before.with(Content.fields(fewer)).answers(values.size() - fewer.size());
            }

            case Hgetall all -> before.answers(Answer.texts(flat(values)));
        };
    }

    private static List<String> flat(SortedMap<String, String> fields) {
        var words = new ArrayList<String>();
        fields.forEach(
                (field, value) -> {
                    words.add(field);
                    words.add(value);
                });
        return words;
    }
}
