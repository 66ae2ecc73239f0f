package io.coppice.testkit.internal;

import io.coppice.testkit.Replay;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One run, as data.
 *
 * @param seed of the numbers it draws
 * @param kept the places in its script that it keeps, ascending; null for all
 * @param answers of its schedule, without zeros at the end
 */
record Case(long seed, int @Nullable [] kept, int[] answers) {

    static Case of(Replay replay) {
        return new Case(replay.seed(), kept(replay.script()), answers(replay.schedule()));
    }

    private static int @Nullable [] kept(String script) {
        return switch (script) {
            case "all" -> null;
            case "none" -> new int[0];
            default -> Arrays.stream(script.split(" ")).mapToInt(Integer::parseInt).toArray();
        };
    }

    private static int[] answers(String schedule) {
        if (schedule.isEmpty()) {
            return new int[0];
        }
        var pairs = schedule.split(" ");
        var answers = new int[decision(pairs[pairs.length - 1]) + 1];
        for (var pair : pairs) {
            answers[decision(pair)] = Integer.parseInt(pair.substring(pair.indexOf(':') + 1));
        }
        return answers;
    }

    private static int decision(String pair) {
        return Integer.parseInt(pair.substring(0, pair.indexOf(':')));
    }

    Replay replay() {
        return new Replay(seed, script(), schedule());
    }

    private String script() {
        if (kept == null) {
            return "all";
        }
        var places = Arrays.stream(kept).mapToObj(String::valueOf).collect(Collectors.joining(" "));
        return places.isEmpty() ? "none" : places;
    }

    private String schedule() {
        return IntStream.range(0, answers.length)
                .filter(decision -> answers[decision] != 0)
                .mapToObj(decision -> decision + ":" + answers[decision])
                .collect(Collectors.joining(" "));
    }

    /** How many decisions are not the first possible. */
    int deviations() {
        return (int) Arrays.stream(answers).filter(answer -> answer != 0).count();
    }

    Case withAnswers(int[] answers) {
        int length = answers.length;
        while (length > 0 && answers[length - 1] == 0) {
            length--;
        }
        return new Case(seed, kept, Arrays.copyOf(answers, length));
    }

    Case withKept(int[] kept) {
        return new Case(seed, kept, answers);
    }
}
