package io.coppice.testkit.jqwik;

import io.coppice.process.ExitReason;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Mix;
import io.coppice.testkit.script.Mix.Word;
import io.coppice.testkit.script.Script;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Scripts for property tests. They shrink to fewer phases, processes and acts. */
public final class Scripts {

    private static final String NAMES = "nm";

    private Scripts() {}

    /** How reasons are drawn: an ordinary one most often. */
    public static Arbitrary<ExitReason> reasons() {
        return Arbitraries.frequency(
                Tuple.of(4, ExitReason.custom("x")),
                Tuple.of(2, ExitReason.NORMAL),
                Tuple.of(2, ExitReason.custom("y")),
                Tuple.of(1, ExitReason.SHUTDOWN),
                Tuple.of(1, ExitReason.KILLED),
                Tuple.of(1, ExitReason.custom("kill")),
                Tuple.of(1, ExitReason.NO_PROCESS));
    }

    /** Scripts made as {@code mix} says. */
    public static Arbitrary<Script> of(Mix mix) {
        var processes = new ArrayList<String>();
        IntStream.range(0, mix.roots()).forEach(i -> processes.add(letter('a', i)));
        var children = IntStream.range(0, mix.children()).mapToObj(i -> letter('k', i)).toList();
        processes.addAll(children);
        var parts = mix.parts().stream().map(part -> part(part, processes, children)).toList();
        return Combinators.combine(parts)
                .as(phases -> tidied(mix, phases.stream().flatMap(List::stream).toList()));
    }

    private static Arbitrary<List<Script.Phase>> part(
            Mix.Part part, List<String> processes, List<String> children) {
        var bursts = processes.stream().map(who -> burst(part, who, processes, children)).toList();
        return Combinators.combine(bursts)
                .as(acts -> phase(processes, acts))
                .list()
                .ofMinSize(1)
                .ofMaxSize(part.phases());
    }

    private static String letter(char first, int number) {
        return String.valueOf((char) (first + number));
    }

    private static Script.Phase phase(List<String> processes, List<List<Act>> acts) {
        var phase = new LinkedHashMap<String, List<Act>>();
        for (int i = 0; i < processes.size(); i++) {
            phase.put(processes.get(i), acts.get(i));
        }
        return new Script.Phase(phase);
    }

    private static Arbitrary<List<Act>> burst(
            Mix.Part part, String who, List<String> processes, List<String> children) {
        var others = processes.stream().filter(other -> !other.equals(who)).toList();
        var acts =
                part.words().stream()
                        .filter(word -> isPossible(word, others, children))
                        .map(word -> act(word, who, others, children))
                        .toList();
        return Arbitraries.oneOf(acts).list().ofMaxSize(part.acts());
    }

    private static boolean isPossible(Word word, List<String> others, List<String> children) {
        return switch (word) {
            case SPAWN, SPAWN_LINKED, SPAWN_MONITORED, START ->
                    children.stream().anyMatch(others::contains);
            case LINK, UNLINK, UNLINK_FLUSH, MONITOR, EXIT, KILL, SEND -> !others.isEmpty();
            default -> true;
        };
    }

    private static Arbitrary<Act> act(Word word, String me, List<String> others, List<String> all) {
        var children = all.stream().filter(child -> !child.equals(me)).toList();
        var other = others.isEmpty() ? Arbitraries.just(me) : Arbitraries.of(others);
        var anybody =
                Arbitraries.frequencyOf(Tuple.of(9, other), Tuple.of(1, Arbitraries.just(me)));
        var name = Arbitraries.chars().with(NAMES.toCharArray()).map(String::valueOf);
        return switch (word) {
            case SPAWN -> Arbitraries.of(children).map(child -> new Act.Spawn(child, false, ""));
            case SPAWN_LINKED ->
                    Arbitraries.of(children).map(child -> new Act.Spawn(child, true, ""));
            case SPAWN_MONITORED ->
                    Combinators.combine(Arbitraries.of(children), Arbitraries.of(true, false))
                            .as((child, linked) -> new Act.Spawn(child, linked, "?"));
            case START -> Arbitraries.of(children).map(Act.StartLinked::new);
            case LINK -> anybody.map(Act.Link::new);
            case UNLINK -> anybody.map(peer -> new Act.Unlink(peer, false));
            case UNLINK_FLUSH -> other.map(peer -> new Act.Unlink(peer, true));
            case MONITOR -> anybody.map(target -> new Act.Monitor(target, "?"));
            case MONITOR_NAME -> name.map(target -> new Act.MonitorName(target, "?"));
            case DEMONITOR -> Arbitraries.just(new Act.Demonitor("?", false));
            case DEMONITOR_FLUSH -> Arbitraries.just(new Act.Demonitor("?", true));
            case TRAP_ON -> Arbitraries.just(new Act.Trap(true));
            case TRAP_OFF -> Arbitraries.just(new Act.Trap(false));
            case EXIT -> Combinators.combine(other, reasons()).as(Act.Exit::new);
            case EXIT_SELF -> reasons().map(reason -> new Act.Exit(me, reason));
            case KILL -> other.map(Act.Kill::new);
            case STOP -> reasons().map(Act.Stop::new);
            case CRASH -> Arbitraries.just(new Act.Crash(me));
            case SEND -> other.map(target -> new Act.Send(target, "?"));
            case SEND_NAME -> name.map(target -> new Act.SendName(target, "?"));
            case REGISTER ->
                    Combinators.combine(
                                    name,
                                    Arbitraries.frequencyOf(
                                            Tuple.of(2, Arbitraries.just(me)), Tuple.of(1, other)))
                            .as(Act.Register::new);
            case UNREGISTER -> name.map(Act.Unregister::new);
            case WHEREIS -> name.map(Act.WhereIs::new);
            case HANG -> Arbitraries.just(new Act.Hang());
            case REST -> Arbitraries.just(new Act.Rest());
        };
    }

    // What makes a script of acts that know nothing of each other

    /** Every child is created once, every message and every monitor has a name of its own. */
    private static Script tidied(Mix mix, List<Script.Phase> phases) {
        var tidied = new ArrayList<Script.Phase>();
        if (mix.trappers() > 0) {
            tidied.add(prologue(mix));
        }
        var created = new HashSet<String>();
        var labels = new Labels();
        for (var phase : phases) {
            var kept = new LinkedHashMap<String, List<Act>>();
            phase.acts().forEach((who, burst) -> kept.put(who, once(burst, created)));
            tidied.add(new Script.Phase(labels.give(kept)));
        }
        return withoutTheUnborn(new Script(tidied));
    }

    /** Without what children would do before they are created. */
    private static Script withoutTheUnborn(Script script) {
        var unborn = new HashSet<>(script.children());
        var left = new ArrayList<Script.Phase>();
        for (var phase : script.phases()) {
            unborn.removeAll(Script.of(phase.acts()).children());
            var acts = new LinkedHashMap<>(phase.acts());
            acts.keySet().removeAll(unborn);
            left.add(new Script.Phase(acts));
        }
        return new Script(left);
    }

    private static Script.Phase prologue(Mix mix) {
        var acts = new LinkedHashMap<String, List<Act>>();
        IntStream.range(0, mix.trappers())
                .forEach(i -> acts.put(letter('a', i), List.of(new Act.Trap(true))));
        return new Script.Phase(acts);
    }

    private static List<Act> once(List<Act> burst, Set<String> created) {
        return burst.stream()
                .filter(
                        act ->
                                switch (act) {
                                    case Act.Spawn spawn -> created.add(spawn.child());
                                    case Act.StartLinked(var child) -> created.add(child);
                                    default -> true;
                                })
                .toList();
    }

    /** Numbers messages and monitors. */
    private static final class Labels {
        private int messages;
        private int monitors;
        private final Map<String, List<String>> made = new HashMap<>();

        Map<String, List<Act>> give(Map<String, List<Act>> phase) {
            var given = new LinkedHashMap<String, List<Act>>();
            phase.forEach(
                    (who, burst) -> {
                        if (!burst.isEmpty()) {
                            given.put(who, burst.stream().map(act -> give(who, act)).toList());
                        }
                    });
            return given;
        }

        private Act give(String who, Act act) {
            return switch (act) {
                case Act.Send(var target, var text) -> new Act.Send(target, message());
                case Act.SendName(var name, var text) -> new Act.SendName(name, message());
                case Act.Monitor(var target, var as) -> new Act.Monitor(target, monitor(who));
                case Act.MonitorName(var name, var as) -> new Act.MonitorName(name, monitor(who));
                case Act.Spawn(var child, boolean linked, var as) when !as.isEmpty() ->
                        new Act.Spawn(child, linked, monitor(who));
                case Act.Demonitor(var as, boolean flush) -> new Act.Demonitor(last(who), flush);
                default -> act;
            };
        }

        private String message() {
            return "t" + ++messages;
        }

        private String monitor(String who) {
            var label = "m" + ++monitors;
            made.computeIfAbsent(who, any -> new ArrayList<>()).add(label);
            return label;
        }

        private String last(String who) {
            var labels = made.getOrDefault(who, List.of());
            return labels.isEmpty() ? "m0" : labels.getLast();
        }
    }
}
