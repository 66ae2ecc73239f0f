package io.coppice.testkit.script;

import io.coppice.process.ExitReason;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What has become of every process of a script, when nothing is under way any more.
 *
 * @param fates by process; those that were never created are missing
 */
public record Outcome(SortedMap<String, Fate> fates) {

    public Outcome {
        fates = Collections.unmodifiableSortedMap(new TreeMap<>(fates));
    }

    /** What has become of one process. */
    public sealed interface Fate {}

    /**
     * It lives.
     *
     * @param log what it has heard, and what became of what it did, in the order in which it saw it
     * @param links the processes it is linked to
     * @param monitors what the script calls the targets of its monitors that have not fired, with
     *     repetition
     * @param name its registered name
     * @param traps whether it traps exits
     */
    public record Lives(
            List<Entry> log,
            SortedSet<String> links,
            List<String> monitors,
            Optional<String> name,
            boolean traps)
            implements Fate {
        public Lives {
            log = List.copyOf(log);
            links = Collections.unmodifiableSortedSet(new TreeSet<>(links));
            monitors = monitors.stream().sorted().toList();
        }

        @Override
        public String toString() {
            return "lives"
                    + (traps ? " trapping" : "")
                    + (links.isEmpty() ? "" : " links=" + links)
                    + (monitors.isEmpty() ? "" : " monitors=" + monitors)
                    + name.map(text -> " name=" + text).orElse("")
                    + log.stream().map(entry -> "\n    " + entry).collect(Collectors.joining());
        }
    }

    /**
     * It has ended. What a process saw that was ended by others cannot be told exactly, so nothing
     * is said of it.
     *
     * @param reason why, or empty where it could not be observed
     */
    public record Ended(Optional<ExitReason> reason) implements Fate {
        @Override
        public String toString() {
            return "ended: " + reason.map(Reasons::text).orElse("?");
        }
    }

    /** One line in the log of a process. */
    public sealed interface Entry {}

    /** An act that has a result; {@code result} is {@link #LEFT_OUT} if it could not be done. */
    public record Did(Act act, String result) implements Entry {
        /** The result of an act on a process that the acting one could not know. */
        public static final String LEFT_OUT = "left out";

        @Override
        public String toString() {
            return act + " = " + result;
        }
    }

    /** News of an exit. */
    public record Heard(String from, ExitReason reason) implements Entry {
        @Override
        public String toString() {
            return "EXIT(" + from + ", " + Reasons.text(reason) + ")";
        }
    }

    /** News of a monitored process; {@code what} is the process, or {@code @name}. */
    public record Told(String monitor, String what, ExitReason reason) implements Entry {
        @Override
        public String toString() {
            return "DOWN(" + monitor + ", " + what + ", " + Reasons.text(reason) + ")";
        }
    }

    /** A message. */
    public record Got(String from, String text) implements Entry {
        @Override
        public String toString() {
            return "MSG(" + from + ", " + text + ")";
        }
    }

    /** What has become of {@code who}; empty if it was never created. */
    public Optional<Fate> of(String who) {
        return Optional.ofNullable(fates.get(who));
    }

    /** What {@code who} saw; empty if it has ended or was never created. */
    public List<Entry> logOf(String who) {
        return fates.get(who) instanceof Lives lives ? lives.log() : List.of();
    }

    /** Whether {@code who} lives. */
    public boolean lives(String who) {
        return fates.get(who) instanceof Lives;
    }

    /** Whether {@code who} was created and has ended. */
    public boolean hasEnded(String who) {
        return fates.get(who) instanceof Ended;
    }

    @Override
    public String toString() {
        return fates.entrySet().stream()
                .map(fate -> fate.getKey() + ": " + fate.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
