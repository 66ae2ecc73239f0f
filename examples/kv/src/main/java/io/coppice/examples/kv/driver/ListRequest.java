package io.coppice.examples.kv.driver;

import io.coppice.examples.kv.driver.State.Step;

import java.util.ArrayList;
import java.util.List;

/** A command on a list. */
sealed interface ListRequest extends KeyRequest {

    record Lpush(String key, List<String> values) implements ListRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("LPUSH", key, values);
        }
    }

    record Rpush(String key, List<String> values) implements ListRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("RPUSH", key, values);
        }
    }

    record Lpop(String key) implements ListRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("LPOP", key);
        }
    }

    /**
     * {@code LRANGE}.
     *
     * @param from 0 or more
     * @param to the last element wanted, or -1 for the last there is
     */
    record Lrange(String key, int from, int to) implements ListRequest {
        static Lrange all(String key) {
            return new Lrange(key, 0, -1);
        }

        @Override
        public List<String> words() {
            return Request.words("LRANGE", key, Integer.toString(from), Integer.toString(to));
        }
    }

    @Override
    default Step on(State before) {
        return switch (before.content()) {
            case Content.Absent() -> on(before, List.of());
            case Content.Elements(var values) -> on(before, values);
            default -> before.answers(Answer.WRONG_TYPE);
        };
    }

    private Step on(State before, List<String> elements) {
        return switch (this) {
            // Each value is put before the one that came before it, so the last comes out first.
            case Lpush(var key, var values) -> holding(before, joined(values.reversed(), elements));
            case Rpush(var key, var values) -> holding(before, joined(elements, values));

            case Lpop lpop when elements.isEmpty() -> before.answers(Answer.NIL);
            case Lpop lpop ->
                    before.with(Content.elements(elements.subList(1, elements.size())))
                            .answers(new Answer.Text(elements.getFirst()));

            case Lrange(var key, var from, var to) -> {
                int last = to < 0 ? elements.size() + to : Math.min(to, elements.size() - 1);
                yield before.answers(
                        Answer.texts(from > last ? List.of() : elements.subList(from, last + 1)));
            }
        };
    }

    private static Step holding(State before, List<String> elements) {
        return before.with(Content.elements(elements)).answers(elements.size());
    }

    private static List<String> joined(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
