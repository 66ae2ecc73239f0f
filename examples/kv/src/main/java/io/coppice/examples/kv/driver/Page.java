package io.coppice.examples.kv.driver;

import io.coppice.examples.kv.driver.State.Step;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is known of one key: the states it may be in, and how it came to them. */
final class Page {

    /** How many events are remembered. */
    private static final int LONGEST_HISTORY = 32;

    private static final int MOST_STATES = 64;

    /** Something that changed what is known. */
    private record Event(Request request, Optional<Answer> answer, List<State> after) {
        @Override
        public String toString() {
            return Printable.of(request)
                    + " -> "
                    + answer.map(Printable::of).orElse("outcome unknown")
                    + ", so "
                    + after.stream().map(State::toString).reduce((a, b) -> a + " or " + b).get();
        }
    }

    private final String key;
    private final Deque<Event> past = new ArrayDeque<>(); // bounded by LONGEST_HISTORY
    private List<State> possible = List.of(State.NOTHING);
    private boolean spoilt;

    Page(String key) {
        this.key = key;
    }

    boolean isCertain() {
        return possible.size() == 1;
    }

    List<State> possible() {
        return possible;
    }

    /** Whether nothing more can be learnt by asking about this key. */
    boolean isSpoilt() {
        return spoilt;
    }

    void spoil() {
        spoilt = true;
    }

    /** Every answer {@code part} may be given, each once. */
    List<Answer> answersTo(KeyRequest part) {
        return steps(part).map(Step::answer).distinct().toList();
    }

    /**
     * Keeps the states that lead to an answer that fits.
     *
     * @param whole the request of which {@code part} is what it asks of this key
     * @return what is wrong, if none does; nothing more of a spoilt key
     */
    Optional<Finding> answered(
            KeyRequest part, Request whole, Answer answer, Predicate<Answer> fits) {
        if (spoilt) return Optional.empty();
        List<State> after =
                steps(part)
                        .filter(step -> fits.test(step.answer()))
                        .map(Step::next)
                        .distinct()
                        .toList();
        if (!after.isEmpty()) {
            learn(whole, Optional.of(answer), after);
            return Optional.empty();
        }
        Finding finding =
                finding(whole, answer, expected(part), state -> fits.test(part.on(state).answer()));
        giveUp(part, answer);
        return Optional.of(finding);
    }

    /** It may have been carried out, or not. */
    void unknown(KeyRequest part, Request whole) {
        if (!whole.writes()) return;
        learn(whole, Optional.empty(), appliedOrNot(part));
    }

    /** Compares all that can be read of the key with what it may hold. */
    Optional<Finding> readBack(KeyRequest read, Answer content, Answer timeToLive) {
        var ttl = new AnyRequest.Ttl(key);
        Answer comparableContent = read.comparable(content);
        Answer comparableTtl = ttl.comparable(timeToLive);
        Predicate<State> fits =
                state ->
                        read.on(state).answer().equals(comparableContent)
                                && ttl.on(state).answer().equals(comparableTtl);

        List<State> after = possible.stream().filter(fits).toList();
        if (after.isEmpty()) {
            spoilt = true;
            List<String> expected = possible.stream().map(State::toString).toList();
            var both = new Answer.Array(List.of(content, timeToLive));
            return Optional.of(finding(read, both, expected, fits));
        }
        learn(read, Optional.of(content), after);
        return Optional.empty();
    }

    /** What is wrong with an answer to {@code whole}, whatever states the key may be in. */
    Finding finding(Request whole, Answer answer, List<String> expected) {
        return finding(whole, answer, expected, state -> false);
    }

    private Finding finding(
            Request whole, Answer answer, List<String> expected, Predicate<State> fits) {
        return new Finding(
                key,
                Printable.of(whole),
                Printable.of(answer),
                expected,
                writesSince(fits),
                past.stream().map(Event::toString).toList());
    }

    /** From a wrong answer nothing follows but that it may, or may not, have been carried out. */
    private void giveUp(KeyRequest part, Answer answer) {
        spoilt = true;
        possible =
                answer instanceof Answer.Error
                        ? appliedOrNot(part)
                        : steps(part).map(Step::next).distinct().toList();
    }

    private List<String> expected(KeyRequest part) {
        return answersTo(part).stream().map(Printable::of).toList();
    }

    private List<State> appliedOrNot(KeyRequest part) {
        return Stream.concat(possible.stream(), steps(part).map(Step::next)).distinct().toList();
    }

    private Stream<Step> steps(KeyRequest part) {
        return possible.stream().map(part::on);
    }

    private void learn(Request request, Optional<Answer> answer, List<State> after) {
        if (after.size() > MOST_STATES) {
            throw new IllegalStateException("states " + key + " may be in: " + after.size());
        }
        if (after.equals(possible)) return;
        possible = after;
        if (past.size() == LONGEST_HISTORY) past.removeFirst();
        past.addLast(new Event(request, answer, after));
    }

    /** The number of acknowledged writes since the key was last in such a state; 0 if never. */
    private int writesSince(Predicate<State> wanted) {
        int writes = 0;
        for (Iterator<Event> newestFirst = past.descendingIterator(); newestFirst.hasNext(); ) {
            Event event = newestFirst.next();
            if (event.after.stream().anyMatch(wanted)) return Math.max(1, writes);
            if (event.answer.isPresent()) writes++;
        }
        return wanted.test(State.NOTHING) ? Math.max(1, writes) : 0;
    }
}
