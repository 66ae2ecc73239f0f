package io.coppice.testkit.script;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What some processes do, in phases. In one phase all of them act at the same time, each its acts
 * in order; the next phase begins when nothing is under way any more.
 *
 * <p>A process that nobody creates lives from the beginning. One that is created begins, as its
 * init, with its acts in the phase in which that happens.
 *
 * @param phases what each process does in each phase, by its name: letters and digits
 */
public record Script(List<Phase> phases) {

    /**
     * One phase.
     *
     * @param acts what each process does in it, by name
     */
    public record Phase(Map<String, List<Act>> acts) {
        public Phase {
            var copy = new LinkedHashMap<String, List<Act>>();
            acts.forEach((who, does) -> copy.put(who, List.copyOf(does)));
            acts = Collections.unmodifiableMap(copy);
        }

        /** What {@code who} does in this phase. */
        public List<Act> of(String who) {
            return acts.getOrDefault(who, List.of());
        }

        private Stream<Act> all() {
            return acts.values().stream().flatMap(List::stream);
        }
    }

    public Script {
        phases = List.copyOf(phases);
    }

    /** A script of one phase. */
    public static Script of(Map<String, List<Act>> acts) {
        return new Script(List.of(new Phase(acts)));
    }

    /**
     * Reads what {@link #toString} writes: one line per process, {@code a: trap on; link b}, and a
     * line {@code ---} between phases.
     *
     * @throws IllegalArgumentException if a line makes no sense; the message shows it
     */
    public static Script parse(String text) {
        return ScriptParser.parse(text);
    }

    /** Every act of the script. */
    public Stream<Act> acts() {
        return phases.stream().flatMap(Phase::all);
    }

    /** Every act of {@code who}, in order. */
    public List<Act> actsOf(String who) {
        return phases.stream().flatMap(phase -> phase.of(who).stream()).toList();
    }

    /** Those that somebody creates. */
    public Set<String> children() {
        return acts().flatMap(Script::childOf).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<String> childOf(Act act) {
        return switch (act) {
            case Act.Spawn spawn -> Stream.of(spawn.child());
            case Act.StartLinked(var child) -> Stream.of(child);
            default -> Stream.empty();
        };
    }

    /** All processes, sorted. */
    public SortedSet<String> processes() {
        var all = new TreeSet<String>(children());
        phases.forEach(phase -> all.addAll(phase.acts().keySet()));
        acts().flatMap(Script::mentioned).forEach(all::add);
        return all;
    }

    /** Those that live from the beginning, sorted. */
    public SortedSet<String> roots() {
        var roots = new TreeSet<>(processes());
        roots.removeAll(children());
        return roots;
    }

    /** The process, other than a child, that {@code act} is about. */
    static Stream<String> mentioned(Act act) {
        return switch (act) {
            case Act.Link(var peer) -> Stream.of(peer);
            case Act.Unlink(var peer, var flush) -> Stream.of(peer);
            case Act.Monitor(var target, var as) -> Stream.of(target);
            case Act.Exit(var target, var reason) -> Stream.of(target);
            case Act.Kill(var target) -> Stream.of(target);
            case Act.Send(var target, var message) -> Stream.of(target);
            case Act.Register(var name, var process) -> Stream.of(process);
            default -> Stream.empty();
        };
    }

    /** Whether a process other than itself and {@code parent} has an act on {@code child}. */
    public boolean isMentionedByOthers(String child, String parent) {
        return processes().stream()
                .filter(who -> !who.equals(child) && !who.equals(parent))
                .flatMap(who -> actsOf(who).stream())
                .flatMap(Script::mentioned)
                .anyMatch(child::equals);
    }

    /** The registered names that the script uses, sorted. */
    public SortedSet<String> names() {
        return acts().flatMap(Script::named).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> named(Act act) {
        return switch (act) {
            case Act.Register(var name, var process) -> Stream.of(name);
            case Act.Unregister(var name) -> Stream.of(name);
            case Act.WhereIs(var name) -> Stream.of(name);
            case Act.MonitorName(var name, var as) -> Stream.of(name);
            case Act.SendName(var name, var message) -> Stream.of(name);
            default -> Stream.empty();
        };
    }

    /** The script as {@link #parse} reads it. */
    @Override
    public String toString() {
        return phases.stream().map(Script::text).collect(Collectors.joining("---\n"));
    }

    private static String text(Phase phase) {
        return phase.acts().entrySet().stream()
                .map(of -> line(of.getKey(), of.getValue()))
                .collect(Collectors.joining());
    }

    private static String line(String who, List<Act> acts) {
        return acts.stream().map(Act::toString).collect(Collectors.joining("; ", who + ": ", "\n"));
    }
}
