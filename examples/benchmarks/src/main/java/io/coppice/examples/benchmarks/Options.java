package io.coppice.examples.benchmarks;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of a measurement.
 *
 * @param values by name, complete
 */
record Options(Map<String, Double> values) {

    Options {
        values = Map.copyOf(values);
    }

    /**
     * What {@code words} say, over {@code defaults}: {@code --name value}, as often as wanted.
     *
     * @throws IllegalArgumentException if they make no sense
     */
    static Options parse(List<String> words, Map<String, Double> defaults) {
        var values = new HashMap<>(defaults);
        for (int i = 0; i < words.size(); i += 2) {
            var name = words.get(i).replaceFirst("^--", "");
            if (!defaults.containsKey(name)) {
                throw new IllegalArgumentException(
                        "option " + words.get(i) + ": unknown; there are " + defaults.keySet());
            }
            if (i + 1 == words.size()) {
                throw new IllegalArgumentException("option " + words.get(i) + ": without a value");
            }
            values.put(name, number(words.get(i), words.get(i + 1)));
        }
        return new Options(values);
    }

    private static double number(String name, String word) {
        try {
            double value = Double.parseDouble(word);
            if (value >= 0 && value < Integer.MAX_VALUE) {
                return value;
            }
        } catch (NumberFormatException wrong) {
            // said below
        }
        throw new IllegalArgumentException(
                "option " + name + ": " + word + ", must be a number of zero or more");
    }

    private double get(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no option: " + name);
        }
        return value;
    }

    int count(String name) {
        return (int) get(name);
    }

    /** The option {@code name}, which is in seconds. */
    Duration seconds(String name) {
        return Duration.ofNanos((long) (get(name) * 1e9));
    }

    /** The option {@code name}, which is in minutes. */
    Duration minutes(String name) {
        return Duration.ofNanos((long) (get(name) * 60e9));
    }
}
