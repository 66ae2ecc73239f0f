package io.coppice.testkit.internal;

import io.coppice.testkit.Faults;
import io.coppice.testkit.Faults.Fault;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whom faults were meant for, and who there was: a misspelt name would pass unnoticed. */
final class Sought {

    private static final int MOST_NAMES = 30;

    private final Set<Fault> faults = new LinkedHashSet<>();
    private final Set<String> born = new HashSet<>();

    /** Whether a kill has struck in this run, which may be why somebody was never born. */
    private boolean hasKilled;

    /** Whether there was a run without a kill. */
    private boolean wasSpared;

    void add(Faults more) {
        faults.addAll(more.all());
    }

    void born(String label) {
        born.add(label);
    }

    void killed() {
        hasKilled = true;
    }

    /** What one run has sought and found. */
    void add(Sought other) {
        wasSpared |= !other.hasKilled;
        faults.addAll(other.faults);
        born.addAll(other.born);
    }

    /** What is to be said of faults that have never found their process; empty for nothing. */
    String complaint(long schedules) {
        var lost = faults.stream().filter(fault -> !born.contains(fault.process())).toList();
        return lost.isEmpty() || !wasSpared
                ? ""
                : "in "
                        + schedules
                        + " schedules there was no process for "
                        + lost
                        + "; there were: "
                        + names();
    }

    private String names() {
        var names = new TreeSet<>(born).stream().limit(MOST_NAMES);
        return names.map(name -> "\"" + name + "\"").collect(Collectors.joining(", "))
                + (born.size() > MOST_NAMES ? ", and others" : "");
    }
}
