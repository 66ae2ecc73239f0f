package io.coppice.examples.kv.driver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the keys of one client may hold, given all that it did and was told; the checker of the
 * server's answers. Nobody else writes to these keys. It knows no time, thread or socket, and
 * belongs to one thread at a time.
 *
 * <p>For each key it holds the set of states the key may be in. An answer narrows the set to the
 * states that lead to it; if none does, the answer is wrong. A write whose outcome is unknown
 * widens the set by what the write would have made of each state, once: a server that carries it
 * out twice, or later than it says, is found out. A request that was refused changes nothing, and
 * so the ledger is not told.
 */
final class Ledger {

    private final Map<String, Page> pages = new LinkedHashMap<>();

    /** Every key that was ever asked about. */
    Set<String> keys() {
        return pages.keySet();
    }

    /** Whether there is but one state the key may be in. */
    boolean isCertain(String key) {
        return page(key).isCertain();
    }

    /**
     * Whether a wrong answer or {@link #spoil} has put an end to what can be learnt of this key
     * before the end.
     */
    boolean isSpoilt(String key) {
        return page(key).isSpoilt();
    }

    /** The states the key may be in; never empty. */
    List<State> possible(String key) {
        return page(key).possible();
    }

    /**
     * The request was carried out and answered.
     *
     * @return what is wrong with the answer, which spoils the keys, or empty if it is right
     */
    List<Finding> answered(Request request, Answer answer) {
        Answer comparable = request.comparable(answer);
        return switch (request) {
            case KeyRequest one -> answered(one, one, answer, comparable).stream().toList();
            case MultiRequest many ->
                    switch (many.combined()) {
                        case SAME -> same(many, answer, comparable);
                        case EACH -> each(many, answer, comparable);
                        case COUNT -> count(many, answer, comparable);
                    };
        };
    }

    /** The request was sent, and may have been carried out, for each of its keys, or not. */
    void unknown(Request request) {
        for (KeyRequest part : parts(request)) page(part.key()).unknown(part, request);
    }

    /**
     * No more is asked about the keys of {@code request} before the end: it may be carried out at
     * any time until then.
     */
    void spoil(Request request) {
        request.keys().forEach(key -> page(key).spoil());
    }

    /**
     * What came back for {@code request} was not an answer at all, and it may have been carried
     * out.
     */
    Finding garbled(Request request, String text) {
        unknown(request);
        spoil(request);
        return page(request.keys().getFirst())
                .finding(request, new Answer.Error(text), List.of("an answer of the protocol"));
    }

    /**
     * Compares what was read of a key with what it may hold.
     *
     * @param content the answer to {@code read}, which reads the whole of the key
     * @param timeToLive the answer to {@code TTL}
     * @return what is wrong; the writes it misses are lost
     */
    Optional<Finding> readBack(KeyRequest read, Answer content, Answer timeToLive) {
        return page(read.key()).readBack(read, content, timeToLive);
    }

    private Optional<Finding> answered(
            KeyRequest part, Request whole, Answer answer, Answer expected) {
        return page(part.key()).answered(part, whole, answer, expected::equals);
    }

    private List<Finding> same(MultiRequest many, Answer answer, Answer comparable) {
        var findings = new ArrayList<Finding>();
        for (KeyRequest part : many.parts()) {
            answered(part, many, answer, comparable).ifPresent(findings::add);
        }
        return findings.stream().limit(1).toList(); // it was one answer
    }

    private List<Finding> each(MultiRequest many, Answer answer, Answer comparable) {
        List<KeyRequest> parts = many.parts();
        if (!(comparable instanceof Answer.Array(var elements))
                || elements.size() != parts.size()) {
            return List.of(misshapen(many, answer, "an array of " + parts.size()));
        }
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < parts.size(); i++) {
            answered(parts.get(i), many, answer, elements.get(i)).ifPresent(findings::add);
        }
        return findings;
    }

    /**
     * A part counts for 0 or 1, so the others can make up any number between the least and the most
     * they may come to, and a state of one key is possible if they can make up the rest.
     */
    private List<Finding> count(MultiRequest many, Answer answer, Answer comparable) {
        List<KeyRequest> parts = many.parts();
        long least = parts.stream().mapToLong(part -> count(part).min()).sum();
        long most = parts.stream().mapToLong(part -> count(part).max()).sum();
        if (!(comparable instanceof Answer.Number(var total)) || total < least || total > most) {
            return List.of(misshapen(many, answer, between(least, most)));
        }
        List<Range> rests =
                parts.stream()
                        .map(part -> count(part))
                        .map(own -> new Range(least - own.min, most - own.max))
                        .toList();
        for (int i = 0; i < parts.size(); i++) {
            Range rest = rests.get(i);
            page(parts.get(i).key())
                    .answered(
                            parts.get(i),
                            many,
                            answer,
                            counted -> rest.holds(total - number(counted)));
        }
        return List.of();
    }

    /** What is wrong is the answer as a whole, so it says nothing of any one key. */
    private Finding misshapen(MultiRequest many, Answer answer, String expected) {
        unknown(many);
        spoil(many);
        return page(many.keys().getFirst()).finding(many, answer, List.of(expected));
    }

    private Range count(KeyRequest part) {
        var statistics =
                page(part.key()).answersTo(part).stream()
                        .mapToLong(Ledger::number)
                        .summaryStatistics();
        return new Range(statistics.getMin(), statistics.getMax());
    }

    private static long number(Answer answer) {
        return ((Answer.Number) answer).value();
    }

    private static String between(long least, long most) {
        return least == most ? Long.toString(least) : least + " to " + most;
    }

    private static List<KeyRequest> parts(Request request) {
        return switch (request) {
            case KeyRequest one -> List.of(one);
            case MultiRequest many -> many.parts();
        };
    }

    private Page page(String key) {
        return pages.computeIfAbsent(key, Page::new);
    }

    private record Range(long min, long max) {
        boolean holds(long number) {
            return min <= number && number <= max;
        }
    }
}
