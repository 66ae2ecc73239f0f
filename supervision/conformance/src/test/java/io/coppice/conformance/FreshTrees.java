package io.coppice.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A scenario of supervisors, some of them dynamic and some below others, which nobody has seen
 * before. It leaves out what is known to differ: supervisors whose parent ends while a child
 * starts.
 */
final class FreshTrees {

    private final Dice dice;
    private final List<String> lines = new ArrayList<>();
    private final List<String> supervisors = new ArrayList<>();
    private final List<String> dynamic = new ArrayList<>();
    private final Map<String, Boolean> shutsItselfDown = new HashMap<>();
    private final List<String> children = new ArrayList<>(); // "S a"
    private final List<String> workers = new ArrayList<>();
    private final List<String> processes = new ArrayList<>();
    private int named;

    private FreshTrees(Dice dice) {
        this.dice = dice;
    }

    static String scenario(long seed) {
        var fresh = new FreshTrees(new Dice(seed));
        fresh.define();
        for (int i = fresh.dice.number(8, 30); i > 0; i--) {
            fresh.lines.add(fresh.line());
        }
        fresh.lines.add("which_children S1");
        fresh.lines.add("exit root -> S1 shutdown");
        return String.join("\n", fresh.lines) + "\n";
    }

    private String name(String prefix) {
        return prefix + ++named;
    }

    // Definitions

    private void define() {
        lines.add("option order=child"); // who of several dies first is not for scenarios to say
        for (int i = dice.number(1, 3); i > 0; i--) {
            supervisor("S" + (supervisors.size() + 1));
        }
        supervisors.forEach(this::children);
        lines.add("spawn P1" + dice.word("_", " trap"));
        lines.add("spawn P2" + dice.word("_", " trap"));
        processes.addAll(List.of("root", "P1", "P2"));
        lines.add("start S1" + dice.word("_*3", " by P1*2"));
    }

    private void supervisor(String id) {
        var strategy = dice.word("one_for_one*4", "one_for_all*3", "rest_for_one*3", "simple*2");
        var auto = dice.word("never*8", "any_significant", "all_significant");
        if (strategy.equals("simple")) {
            dynamic.add(id);
            strategy = "simple_one_for_one";
        }
        supervisors.add(id);
        shutsItselfDown.put(id, !auto.equals("never"));
        lines.add(
                "supervisor %s strategy=%s intensity=%d period=60 auto_shutdown=%s%s"
                        .formatted(id, strategy, dice.number(0, 8), auto, initOfSupervisor(id)));
    }

    private String initOfSupervisor(String id) {
        return id.equals("S1")
                ? ""
                : dice.word("_*14", " init=ok,ignore,ok", " init=ok,crash:c,ok");
    }

    private void children(String supervisor) {
        int next = supervisors.indexOf(supervisor) + 1;
        boolean hasBelow = next < supervisors.size() && dice.chance(70);
        if (dynamic.contains(supervisor)) {
            child(supervisor, hasBelow ? supervisors.get(next) : name("t"), hasBelow);
            return;
        }
        for (int i = dice.number(1, 3); i > 0; i--) {
            child(supervisor, name("w"), false);
        }
        if (hasBelow) {
            child(supervisor, supervisors.get(next), true);
        }
    }

    private void child(String supervisor, String id, boolean isSupervisor) {
        children.add(supervisor + " " + id);
        if (!isSupervisor && !dynamic.contains(supervisor)) {
            workers.add(id);
        }
        lines.add("child " + supervisor + " " + id + attributes(supervisor, isSupervisor));
    }

    private String attributes(String supervisor, boolean isSupervisor) {
        var restart = dice.word("permanent*5", "transient*3", "temporary*2");
        boolean isSignificant =
                shutsItselfDown.getOrDefault(supervisor, false)
                        && !restart.equals("permanent")
                        && dice.chance(70);
        return " restart="
                + restart
                + (isSignificant ? " significant=true" : "")
                + (isSupervisor
                        ? " type=supervisor" + dice.word("_*5", " shutdown=brutal_kill")
                        : shutdown() + init(dynamic.contains(supervisor)));
    }

    private String shutdown() {
        return dice.word(
                "_*6",
                " on_shutdown=exit*3",
                " on_shutdown=delay:5",
                " on_shutdown=ignore shutdown=brutal_kill",
                " on_shutdown=ignore shutdown=15",
                " on_shutdown=reason:odd",
                " shutdown=brutal_kill",
                " on_shutdown=exit shutdown=infinity",
                " shutdown=infinity");
    }

    /** An ignored restart of a dynamic child is a known bug of OTP (GH-8215). */
    private String init(boolean isDynamic) {
        if (dice.chance(60)) {
            return "";
        }
        var ignore = isDynamic ? "ok" : "ignore";
        return " init="
                + dice.word("ok*9", "error:e", ignore)
                + ","
                + dice.words(1, 3, "ok*4", "ok:i1", ignore, "error:e*2", "crash:c", "error:f")
                + dice.word("_", ",ok*2");
    }

    // Commands

    private String line() {
        var worker = workers.isEmpty() ? "P1" : dice.any(workers);
        var process = dice.any(processes);
        var supervisor = dice.any(supervisors);
        var child = dice.any(children);
        return switch (dice.word(
                "stop*7",
                "signal*5",
                "crash*2",
                "manage*7",
                "look*4",
                "start child*2",
                "dynamic*4",
                "by pid",
                "talk*3",
                "hold*2",
                "supervisor*3")) {
            case "stop" -> "stop " + worker + " " + dice.reason();
            case "signal" ->
                    "exit %s -> %s %s".formatted(process, worker, dice.word("kill", dice.reason()));
            case "crash" -> "crash " + worker + " c" + dice.number(1, 9);
            case "manage" ->
                    dice.word("terminate_child ", "restart_child ", "delete_child ") + child;
            case "look" ->
                    dice.word(
                            "which_children " + supervisor + "*3",
                            "count_children " + supervisor,
                            "get_childspec " + child);
            case "start child" -> startChild(supervisor);
            case "dynamic" -> dynamic.isEmpty() ? "alive P1" : startDynamic(dice.any(dynamic));
            case "by pid" -> "terminate_child " + supervisor + " pid:" + worker;
            case "talk" ->
                    dice.word(
                                    "send %s -> %s t",
                                    "monitor %s %s as " + name("M"),
                                    "unlink %s %s",
                                    "seq send %1$s -> %2$s t1 ; exit %1$s -> %2$s boom")
                            .formatted(process, worker);
            case "hold" -> dice.word("hold ", "resume ") + dice.any(processes);
            default ->
                    dice.word(
                            "stop_sup " + supervisor + " " + dice.reason() + "*2",
                            "exit " + process + " -> " + supervisor + " kill",
                            "exit " + process + " -> " + supervisor + " " + dice.reason(),
                            "start " + supervisor + "*2");
        };
    }

    private String startChild(String supervisor) {
        if (dynamic.contains(supervisor)) {
            return "count_children " + supervisor;
        }
        if (dice.chance(40) && !workers.isEmpty()) {
            return "start_child " + supervisor + " " + dice.any(workers);
        }
        var id = name("w");
        workers.add(id);
        children.add(supervisor + " " + id);
        return "start_child " + supervisor + " " + id + attributes(supervisor, false);
    }

    private String startDynamic(String supervisor) {
        var id = name("d");
        boolean isOfWorkers =
                children.stream().anyMatch(child -> child.startsWith(supervisor + " t"));
        if (!isOfWorkers) {
            return "start_child " + supervisor + " " + id;
        }
        workers.add(id);
        return "start_child " + supervisor + " " + id + init(true);
    }
}
