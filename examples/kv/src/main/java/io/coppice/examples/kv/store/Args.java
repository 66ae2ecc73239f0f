package io.coppice.examples.kv.store;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The words of a request, the name of the command being word 0.
 *
 * @param words at least one
 * @param name the command's, in lower case; a subcommand's as {@code client|setname}
 */
record Args(List<Bytes> words, String name) {

    int size() {
        return words.size();
    }

    boolean has(int index) {
        return index < words.size();
    }

    Bytes at(int index) {
        return words.get(index);
    }

    List<Bytes> from(int index) {
        return List.copyOf(words.subList(index, words.size()));
    }

    /**
     * @throws RedisError if there is none, or it is no 64-bit number
     */
    long number(int index) {
        if (!has(index)) {
            throw RedisError.syntax();
        }
        return at(index).number().orElseThrow(RedisError::notAnInteger);
    }

    /** The words from {@code index} on, two by two. */
    <T> List<T> pairs(int index, BiFunction<Bytes, Bytes, T> pair) {
        if ((size() - index) % 2 != 0) {
            throw RedisError.wrongArity(name);
        }
        return IntStream.range(0, (size() - index) / 2)
                .mapToObj(i -> pair.apply(at(index + 2 * i), at(index + 2 * i + 1)))
                .toList();
    }
}
