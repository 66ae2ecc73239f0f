package io.coppice.testkit.mutants;

import java.util.ArrayList;
import java.util.List;

/**
 * A deliberate bug: source text that is to be found and what takes its place.
 *
 * @param name what to call it
 * @param bug what is wrong, in a sentence
 * @param trial what is expected to notice, in the words of whoever holds the trial
 * @param edits the changes
 */
public record Mutant(String name, String bug, String trial, List<Edit> edits) {

    /**
     * One change of one source file.
     *
     * @param type the full name of the top-level class
     * @param find text that occurs exactly once in its source
     * @param replacement what takes its place
     */
    public record Edit(String type, String find, String replacement) {}

    public Mutant {
        edits = List.copyOf(edits);
    }

    /** A mutant with one change. */
    public static Mutant of(
            String name, String bug, String trial, String type, String find, String replacement) {
        return new Mutant(name, bug, trial, List.of(new Edit(type, find, replacement)));
    }

    /** This mutant with another change. */
    public Mutant and(String type, String find, String replacement) {
        var more = new ArrayList<>(edits);
        more.add(new Edit(type, find, replacement));
        return new Mutant(name, bug, trial, more);
    }

    @Override
    public String toString() {
        return name;
    }
}
