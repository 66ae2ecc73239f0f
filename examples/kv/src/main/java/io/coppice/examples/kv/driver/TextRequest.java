package io.coppice.examples.kv.driver;

import io.coppice.examples.kv.driver.State.Step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A command on a string. */
sealed interface TextRequest extends KeyRequest {

    Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    record Get(String key) implements TextRequest {
        @Override
        public List<String> words() {
            return Request.words("GET", key);
        }
    }

    /** A part of {@code MGET}, to which a key of another type is as good as absent. */
    record Peek(String key) implements TextRequest {
        @Override
        public List<String> words() {
            return Request.words("MGET", key);
        }
    }

    record Strlen(String key) implements TextRequest {
        @Override
        public List<String> words() {
            return Request.words("STRLEN", key);
        }
    }

    /** When {@code SET} sets. */
    enum Condition {
        ALWAYS,
        NX,
        XX
    }

    /**
     * {@code SET}.
     *
     * @param expires whether it is given a long time to live
     */
    record Set(String key, String value, Condition condition, boolean expires)
            implements TextRequest, Write {
        Set(String key, String value) {
            this(key, value, Condition.ALWAYS, false);
        }

        @Override
        public List<String> words() {
            var options = new ArrayList<String>();
            options.add(value);
            if (condition != Condition.ALWAYS) options.add(condition.name());
            if (expires) options.addAll(List.of("EX", Long.toString(AnyRequest.LONG_SECONDS)));
            return Request.words("SET", key, options);
        }
    }

    record SetNx(String key, String value) implements TextRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("SETNX", key, value);
        }
    }

    record GetSet(String key, String value) implements TextRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("GETSET", key, value);
        }
    }

    record Append(String key, String suffix) implements TextRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("APPEND", key, suffix);
        }
    }

    /** {@code INCR}, {@code DECR} or {@code INCRBY}. */
    record IncrBy(String key, long delta) implements TextRequest, Write {
        @Override
        public List<String> words() {
            if (delta == 1) return Request.words("INCR", key);
            if (delta == -1) return Request.words("DECR", key);
            return Request.words("INCRBY", key, Long.toString(delta));
        }
    }

    @Override
    default Step on(State before) {
        return switch (before.content()) {
            case Content.Absent() -> on(before, Optional.empty());
            case Content.Text(var value) -> on(before, Optional.of(value));
            default -> onAnotherType(before);
        };
    }

    private Step onAnotherType(State before) {
        return switch (this) {
            case Set set -> set(set, before);
            case SetNx setNx -> before.answers(0);
            case Peek peek -> before.answers(Answer.NIL);
            default -> before.answers(Answer.WRONG_TYPE);
        };
    }

    private Step on(State before, Optional<String> text) {
        return switch (this) {
            case Get get -> before.answers(textOrNil(text));
            case Peek peek -> before.answers(textOrNil(text));
            case Strlen strlen -> before.answers(text.orElse("").length());
            case Set set -> set(set, before);

            case SetNx(var key, var value) ->
                    text.isPresent() ? before.answers(0) : holding(value).answers(1);

            case GetSet(var key, var value) -> holding(value).answers(textOrNil(text));

            case Append(var key, var suffix) -> {
                String longer = text.orElse("") + suffix;
                yield before.with(new Content.Text(longer)).answers(longer.length());
            }

            case IncrBy(var key, var delta) -> incremented(before, text.orElse("0"), delta);
        };
    }

    private static Step set(Set set, State before) {
        boolean applies =
                switch (set.condition) {
                    case ALWAYS -> true;
                    case NX -> !before.exists();
                    case XX -> before.exists();
                };
        return applies
                ? new State(new Content.Text(set.value), set.expires).answers(Answer.OK)
                : before.answers(Answer.NIL);
    }

    private static Step incremented(State before, String text, long delta) {
        if (!INTEGER.matcher(text).matches()) return before.answers(Answer.NOT_AN_INTEGER);
        long sum = Long.parseLong(text) + delta;
        return before.with(new Content.Text(Long.toString(sum))).answers(sum);
    }

    private static State holding(String value) {
        return State.holding(new Content.Text(value));
    }

    private static Answer textOrNil(Optional<String> text) {
        return text.<Answer>map(Answer.Text::new).orElse(Answer.NIL);
    }
}
