package io.coppice.testkit.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the text of scripts. */
final class ScriptParser {

    private ScriptParser() {}

    static Script parse(String text) {
        var phases = new ArrayList<Script.Phase>();
        var acts = new LinkedHashMap<String, List<Act>>();
        for (var line : text.lines().map(String::strip).toList()) {
            if (line.equals("---")) {
                phases.add(new Script.Phase(acts));
                acts.clear();
            } else if (!line.isEmpty()) {
                addLine(line, acts);
            }
        }
        phases.add(new Script.Phase(acts));
        return new Script(phases);
    }

    private static void addLine(String line, Map<String, List<Act>> acts) {
        int colon = line.indexOf(": ");
        if (colon < 0 && !line.endsWith(":")) {
            throw new IllegalArgumentException("not \"process: act; act\": " + line);
        }
        var who = colon < 0 ? line.substring(0, line.length() - 1) : line.substring(0, colon);
        var does = colon < 0 ? "" : line.substring(colon + 2);
        if (acts.put(who, acts(does)) != null) {
            throw new IllegalArgumentException("a second line of one process: " + line);
        }
    }

    private static List<Act> acts(String text) {
        return Stream.of(text.split(";"))
                .map(String::strip)
                .filter(act -> !act.isEmpty())
                .map(ScriptParser::act)
                .toList();
    }

    /** Reads one act. */
    static Act act(String text) {
        var word = List.of(text.split(" +"));
        try {
            return act(word);
        } catch (IndexOutOfBoundsException tooShort) {
            throw new IllegalArgumentException("too few words: " + text, tooShort);
        }
    }

    private static Act act(List<String> word) {
        return switch (word.get(0)) {
            case "spawn" -> spawn(word);
            case "start" -> new Act.StartLinked(word.get(1));
            case "link" -> new Act.Link(word.get(1));
            case "unlink" -> new Act.Unlink(word.get(1), word.contains("flush"));
            case "monitor" -> monitor(word.get(1), word.get(3));
            case "demonitor" -> new Act.Demonitor(word.get(1), word.contains("flush"));
            case "trap" -> new Act.Trap(word.get(1).equals("on"));
            case "exit" -> new Act.Exit(word.get(1), Reasons.parse(word.get(2)));
            case "kill" -> new Act.Kill(word.get(1));
            case "stop" -> new Act.Stop(Reasons.parse(word.get(1)));
            case "crash" -> new Act.Crash(word.get(1));
            case "send" -> send(word.get(1), word.get(2));
            case "register" -> new Act.Register(word.get(1), word.get(2));
            case "unregister" -> new Act.Unregister(word.get(1));
            case "whereis" -> new Act.WhereIs(word.get(1));
            case "hang" -> new Act.Hang();
            case "rest" -> new Act.Rest();
            default -> throw new IllegalArgumentException("no act: " + String.join(" ", word));
        };
    }

    private static Act spawn(List<String> word) {
        int monitored = word.indexOf("monitored");
        return new Act.Spawn(
                word.get(1), word.contains("linked"), monitored < 0 ? "" : word.get(monitored + 1));
    }

    private static Act monitor(String target, String as) {
        return target.startsWith("@")
                ? new Act.MonitorName(target.substring(1), as)
                : new Act.Monitor(target, as);
    }

    private static Act send(String target, String text) {
        return target.startsWith("@")
                ? new Act.SendName(target.substring(1), text)
                : new Act.Send(target, text);
    }
}
