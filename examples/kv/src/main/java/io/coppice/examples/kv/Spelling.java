package io.coppice.examples.kv;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what somebody meant to write. */
final class Spelling {

    private static final int MOST_MISTAKES = 3;

    private Spelling() {}

    /** The word that takes the fewest mistakes, three at most and fewer than it has letters. */
    static Optional<String> nearest(String written, Collection<String> words) {
        return words.stream()
                .filter(word -> mistakes(written, word) <= MOST_MISTAKES)
                .filter(word -> mistakes(written, word) < word.length() / 2)
                .min(Comparator.comparingInt(word -> mistakes(written, word)));
    }

    /** How many letters must be put in, left out or changed to make one word of the other. */
    private static int mistakes(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) above[j] = j;
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[other.length()];
    }
}
