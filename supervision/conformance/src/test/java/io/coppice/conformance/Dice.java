package io.coppice.conformance;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Choices that are the same for the same seed. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed);
    }

    /** From {@code least} to {@code most}. */
    int number(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** True in {@code percent} of all cases. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** One of the words; {@code ...*3} counts three times, {@code _} stands for nothing. */
    String word(String... words) {
        var all =
                List.of(words).stream()
                        .flatMap(
                                word -> {
                                    int star = word.lastIndexOf('*');
                                    int times =
                                            star < 0
                                                    ? 1
                                                    : Integer.parseInt(word.substring(star + 1));
                                    var text = star < 0 ? word : word.substring(0, star);
                                    return IntStream.range(0, times).mapToObj(i -> text);
                                })
                        .toList();
        var chosen = any(all);
        return chosen.equals("_") ? "" : chosen;
    }

    /** Between {@code least} and {@code most} of them, joined by commas. */
    String words(int least, int most, String... words) {
        return IntStream.range(0, number(least, most))
                .mapToObj(i -> word(words))
                .collect(Collectors.joining(","));
    }

    /** A reason. */
    String reason() {
        return word(
                "boom*4",
                "normal*3",
                "shutdown*2",
                "shutdown:x",
                "shutdown:a:b",
                "killed",
                "noproc",
                "a:b:c");
    }
}
