package io.coppice.examples.kv.driver;

import io.coppice.examples.kv.driver.State.Step;

import java.util.List;

/** A command on a key of whatever type. */
sealed interface AnyRequest extends KeyRequest {

    /** The time to live that keys are given, in seconds: longer than any run. */
    long LONG_SECONDS = 1_000_000;

    record Del(String key) implements AnyRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("DEL", key);
        }
    }

    record Exists(String key) implements AnyRequest {
        @Override
        public List<String> words() {
            return Request.words("EXISTS", key);
        }
    }

    record Expire(String key) implements AnyRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("EXPIRE", key, Long.toString(LONG_SECONDS));
        }
    }

    record Persist(String key) implements AnyRequest, Write {
        @Override
        public List<String> words() {
            return Request.words("PERSIST", key);
        }
    }

    record Ttl(String key) implements AnyRequest {

        private static final long LONGEST_RUN_SECONDS = 100_000;

        @Override
        public List<String> words() {
            return Request.words("TTL", key);
        }

        /** Some of the time may have passed. */
        @Override
        public Answer comparable(Answer answer) {
            return answer instanceof Answer.Number(var seconds)
                            && seconds <= LONG_SECONDS
                            && seconds >= LONG_SECONDS - LONGEST_RUN_SECONDS
                    ? new Answer.Number(LONG_SECONDS)
                    : AnyRequest.super.comparable(answer);
        }
    }

    @Override
    default Step on(State before) {
        if (!before.exists()) return before.answers(this instanceof Ttl ? -2 : 0);
        return switch (this) {
            case Del del -> State.NOTHING.answers(1);
            case Exists exists -> before.answers(1);
            case Expire expire -> new State(before.content(), true).answers(1);
            case Persist persist ->
                    new State(before.content(), false).answers(before.expires() ? 1 : 0);
            case Ttl ttl -> before.answers(before.expires() ? LONG_SECONDS : -1);
        };
    }
}
