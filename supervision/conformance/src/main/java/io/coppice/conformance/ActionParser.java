package io.coppice.conformance;

import io.coppice.conformance.Action.Ending;
import io.coppice.conformance.Action.Target;
import io.coppice.conformance.Command.Act;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the commands that one process executes. */
final class ActionParser {

    private static final Map<String, String> USAGE =
            Map.ofEntries(
                    Map.entry(
                            "spawn", "spawn Q [by P] [link] [monitor=M] [trap] [die=R] [crash=N]"),
                    Map.entry("link", "link A B"),
                    Map.entry("unlink", "unlink A B [flush]"),
                    Map.entry("monitor", "monitor A B|@name as M"),
                    Map.entry("demonitor", "demonitor A M [flush] [info]"),
                    Map.entry("trap", "trap A on|off"),
                    Map.entry("exit", "exit A -> B R"),
                    Map.entry("stop", "stop A R"),
                    Map.entry("crash", "crash A N"),
                    Map.entry("send", "send A -> B|@name TEXT"),
                    Map.entry("hold", "hold A"),
                    Map.entry("resume", "resume A"),
                    Map.entry("start", "start S [by P]"));

    private ActionParser() {}

    /** {@code seq CMD ; CMD ; ...}. */
    static Act sequence(List<String> words) {
        var actions = new ArrayList<Action>();
        var actor = Optional.<String>empty();
        for (var part : parts(words.subList(1, words.size()))) {
            var act = parse(part);
            if (actor.isPresent() && !actor.get().equals(act.actor())) {
                throw new IllegalArgumentException(
                        "a seq is executed by one process, not by "
                                + actor.get()
                                + " and "
                                + act.actor());
            }
            actor = Optional.of(act.actor());
            actions.addAll(act.actions());
        }
        return new Act(actor.orElseThrow(), actions);
    }

    private static List<List<String>> parts(List<String> words) {
        var parts = new ArrayList<List<String>>();
        int start = 0;
        for (int i = 0; i <= words.size(); i++) {
            if (i == words.size() || words.get(i).equals(";")) {
                parts.add(words.subList(start, i));
                start = i + 1;
            }
        }
        return parts;
    }

    /** One command of one process. */
    static Act parse(List<String> words) {
        var verb = words.isEmpty() ? "" : words.getFirst();
        var usage = USAGE.get(verb);
        if (usage == null) {
            throw new IllegalArgumentException("unknown command: " + String.join(" ", words));
        }
        var tokens = new Tokens(words, usage);
        var act =
                switch (verb) {
                    case "spawn" -> spawn(tokens);
                    case "start" -> start(tokens);
                    default -> new Act(tokens.take(), List.of(action(verb, tokens)));
                };
        tokens.end();
        return act;
    }

    private static Action action(String verb, Tokens tokens) {
        return switch (verb) {
            case "link" -> new Action.Link(process(tokens));
            case "unlink" -> new Action.Unlink(process(tokens), tokens.takeIf("flush"));
            case "monitor" -> monitor(tokens);
            case "demonitor" -> demonitor(tokens);
            case "trap" -> new Action.Trap(onOrOff(tokens));
            case "exit" -> exit(tokens);
            case "stop" -> new Action.Stop(tokens.take());
            case "crash" -> new Action.Crash(tokens.take());
            case "send" -> send(tokens);
            case "hold" -> new Action.Hold();
            case "resume" -> new Action.Resume();
            default -> throw tokens.wrong();
        };
    }

    private static Act spawn(Tokens tokens) {
        var name = tokens.take();
        var parent = "root";
        boolean link = false;
        boolean trap = false;
        var monitor = Optional.<String>empty();
        var crash = Optional.<String>empty();
        var die = Optional.<String>empty();
        while (tokens.hasNext()) {
            var option = tokens.take();
            int value = option.indexOf('=') + 1;
            switch (option.substring(0, value == 0 ? option.length() : value)) {
                case "by" -> parent = tokens.take();
                case "link" -> link = true;
                case "trap" -> trap = true;
                case "monitor=" -> monitor = Optional.of(option.substring(value));
                case "die=" -> die = Optional.of(option.substring(value));
                case "crash=" -> crash = Optional.of(option.substring(value));
                default -> throw tokens.wrong();
            }
        }
        return new Act(
                parent, List.of(new Action.Spawn(name, link, monitor, trap, ending(die, crash))));
    }

    private static Ending ending(Optional<String> die, Optional<String> crash) {
        return die.<Ending>map(Ending.Die::new)
                .or(() -> crash.map(Ending.Crash::new))
                .orElseGet(Ending.None::new);
    }

    private static Act start(Tokens tokens) {
        var start = new Action.Start(tokens.take());
        return new Act(tokens.takeIf("by") ? tokens.take() : "root", List.of(start));
    }

    private static Action monitor(Tokens tokens) {
        var target = target(tokens);
        tokens.skip("as");
        return new Action.Monitor(target, tokens.take());
    }

    private static Action demonitor(Tokens tokens) {
        var monitor = tokens.take();
        boolean flush = false;
        boolean info = false;
        while (tokens.hasNext()) {
            switch (tokens.take()) {
                case "flush" -> flush = true;
                case "info" -> info = true;
                default -> throw tokens.wrong();
            }
        }
        return new Action.Demonitor(monitor, flush, info);
    }

    private static boolean onOrOff(Tokens tokens) {
        return switch (tokens.take()) {
            case "on" -> true;
            case "off" -> false;
            default -> throw tokens.wrong();
        };
    }

    private static Action exit(Tokens tokens) {
        var actor = tokens.previous();
        tokens.skip("->");
        var target = process(tokens);
        return new Action.Exit(target, tokens.take(), target.name().equals(actor));
    }

    private static Action send(Tokens tokens) {
        tokens.skip("->");
        return new Action.Send(target(tokens), tokens.take());
    }

    private static Target target(Tokens tokens) {
        var name = tokens.take();
        return name.startsWith("@")
                ? new Target.ByName(name.substring(1))
                : new Target.ByProcess(name);
    }

    private static Target.ByProcess process(Tokens tokens) {
        var name = tokens.take();
        if (name.startsWith("@")) {
            throw new IllegalArgumentException(
                    "only monitor and send take a registered name: " + name);
        }
        return new Target.ByProcess(name);
    }
}
