package io.coppice.testkit.script;

import java.util.ArrayList;
import java.util.List;

/**
 * Of what a generated script is made.
 *
 * @param roots how many processes live from the beginning, called {@code a}, {@code b}, and so on:
 *     1 to 8
 * @param children how many more they may create, called {@code k}, {@code l}, and so on: 0 to 4
 * @param trappers how many of the roots, the first ones, begin to trap exits before all else
 * @param parts what happens, in order
 */
public record Mix(int roots, int children, int trappers, List<Part> parts) {

    /** A kind of act. */
    public enum Word {
        SPAWN,
        SPAWN_LINKED,
        SPAWN_MONITORED,
        START,
        LINK,
        UNLINK,
        UNLINK_FLUSH,
        MONITOR,
        MONITOR_NAME,
        DEMONITOR,
        DEMONITOR_FLUSH,
        TRAP_ON,
        TRAP_OFF,
        EXIT,
        EXIT_SELF,
        KILL,
        STOP,
        CRASH,
        SEND,
        SEND_NAME,
        REGISTER,
        UNREGISTER,
        WHEREIS,
        HANG,
        REST
    }

    /**
     * A part of a script: some phases of the same kind.
     *
     * @param phases how many at most: 1 to 8
     * @param acts how many acts a process does in one of them at most: 1 to 16
     * @param words what kinds of acts; one that is named twice occurs twice as often
     */
    public record Part(int phases, int acts, List<Word> words) {
        public Part {
            require("phases", phases, 1, 8);
            require("acts", acts, 1, 16);
            words = List.copyOf(words);
            if (words.isEmpty()) {
                throw new IllegalArgumentException("words: none");
            }
        }
    }

    public Mix {
        require("roots", roots, 1, 8);
        require("children", children, 0, 4);
        require("trappers", trappers, 0, roots);
        parts = List.copyOf(parts);
    }

    private static void require(String what, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(
                    "%s: %d, not in %d to %d".formatted(what, value, from, to));
        }
    }

    /** A script of {@code roots} processes in which nothing happens yet. */
    public static Mix of(int roots) {
        return new Mix(roots, 0, 0, List.of());
    }

    /** Everything: links, monitors, names, exits and children, in two phases. */
    public static Mix everything() {
        var words = new ArrayList<>(List.of(Word.values()));
        words.addAll(List.of(Word.LINK, Word.LINK, Word.TRAP_ON, Word.TRAP_ON));
        return of(3).children(1).then(2, 3, words.toArray(Word[]::new));
    }

    /** This mix with children. */
    public Mix children(int count) {
        return new Mix(roots, count, trappers, parts);
    }

    /** This mix where so many of the roots trap exits from the beginning. */
    public Mix trapping(int count) {
        return new Mix(roots, children, count, parts);
    }

    /** This mix, followed by another {@link Part}. */
    public Mix then(int phases, int acts, Word... words) {
        var more = new ArrayList<>(parts);
        more.add(new Part(phases, acts, List.of(words)));
        return new Mix(roots, children, trappers, more);
    }
}
