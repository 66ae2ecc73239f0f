package io.coppice.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** The words of a line, taken one after the other. */
final class Tokens {

    private final List<String> words;
    private final String usage;
    private int next;

    /**
     * @param words of the line, its first included
     * @param usage what the line should look like, for messages
     */
    Tokens(List<String> words, String usage) {
        this.words = words;
        this.usage = usage;
        this.next = 1;
    }

    /** The words of {@code line}, without its comment. */
    static List<String> split(String line) {
        var words = new ArrayList<String>();
        var all = new StringTokenizer(withoutComment(line), " \t\r");
        while (all.hasMoreTokens()) {
            words.add(all.nextToken());
        }
        return words;
    }

    // a#2 is a name: a comment starts at the start of the line or after a blank.
    private static String withoutComment(String line) {
        for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
            if (i == 0 || line.charAt(i - 1) == ' ' || line.charAt(i - 1) == '\t') {
                return line.substring(0, i);
            }
        }
        return line;
    }

    boolean hasNext() {
        return next < words.size();
    }

    String take() {
        if (!hasNext()) {
            throw wrong();
        }
        return words.get(next++);
    }

    /** The word taken last. */
    String previous() {
        return words.get(next - 1);
    }

    /** Takes a word that can only be this one. */
    void skip(String word) {
        if (!take().equals(word)) {
            throw wrong();
        }
    }

    /** Takes the next word if it is this one. */
    boolean takeIf(String word) {
        boolean is = hasNext() && words.get(next).equals(word);
        if (is) {
            next++;
        }
        return is;
    }

    List<String> takeRest() {
        var rest = words.subList(next, words.size());
        next = words.size();
        return rest;
    }

    void end() {
        if (hasNext()) {
            throw wrong();
        }
    }

    IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "bad command: " + String.join(" ", words) + " (expected: " + usage + ")");
    }
}
