package io.coppice.examples.kv.driver;

import io.coppice.examples.kv.driver.State.Step;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A command on a set. */
sealed interface SetRequest extends KeyRequest {

    record Sadd(String key, List<String> members) implements SetRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("SADD", key, members);
        }
    }

    record Srem(String key, List<String> members) implements SetRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("SREM", key, members);
        }
    }

    record Smembers(String key) implements SetRequest {
        @Override
        public List<String> words() {
            return Request.words("SMEMBERS", key);
        }

        @Override
        public Answer comparable(Answer answer) {
            return Unordered.elements(SetRequest.super.comparable(answer));
        }
    }

    @Override
    default Step on(State before) {
        return switch (before.content()) {
            case Content.Absent() -> on(before, Collections.emptySortedSet());
            case Content.Members(var values) -> on(before, values);
            default -> before.answers(Answer.WRONG_TYPE);
        };
    }

    private Step on(State before, SortedSet<String> values) {
        return switch (this) {
            case Sadd(var key, var members) -> {
                var more = new TreeSet<>(values);
                more.addAll(members);
                yield before.with(Content.members(more)).answers(more.size() - values.size());
            }

            case Srem(var key, var members) -> {
                var fewer = new TreeSet<>(values);
                members.forEach(fewer::remove);
                yield before.with(Content.members(fewer)).answers(values.size() - fewer.size());
            }

            case Smembers all -> before.answers(Answer.texts(values));
        };
    }
}
