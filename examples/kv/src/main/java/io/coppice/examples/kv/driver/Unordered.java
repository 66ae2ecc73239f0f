package io.coppice.examples.kv.driver;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.stream.IntStream;

/** Puts what is answered in no order into one, duplicates and all, so that it can be compared. */
final class Unordered {

    private Unordered() {}

    static Answer elements(Answer answer) {
        return answer instanceof Answer.Array(var elements)
                ? new Answer.Array(elements.stream().sorted(comparing(Unordered::text)).toList())
                : answer;
    }

    /** An array of odd length is left alone: it equals nothing that is expected. */
    static Answer pairs(Answer answer) {
        if (!(answer instanceof Answer.Array(var elements)) || elements.size() % 2 != 0) {
            return answer;
        }
        return new Answer.Array(
                IntStream.range(0, elements.size() / 2)
                        .mapToObj(i -> elements.subList(2 * i, 2 * i + 2))
                        .sorted(comparing((List<Answer> pair) -> text(pair.getFirst())))
                        .flatMap(List::stream)
                        .toList());
    }

    private static String text(Answer answer) {
        return answer instanceof Answer.Text(var value) ? value : answer.toString();
    }
}
