package io.coppice.conformance;

import io.coppice.conformance.Command.Ask;
import io.coppice.conformance.Scenario.Step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads scenarios, line by line. */
final class ScenarioParser {

    private static final Map<String, String> USAGE =
            Map.ofEntries(
                    Map.entry("option", "option order=grouped|child"),
                    Map.entry("supervisor", "supervisor S [KEY=VALUE ...]"),
                    Map.entry("child", "child S ID [KEY=VALUE ...]"),
                    Map.entry("sleep", "sleep MS"),
                    Map.entry("register", "register N A"),
                    Map.entry("unregister", "unregister N"),
                    Map.entry("whereis", "whereis N"),
                    Map.entry("alive", "alive A"),
                    Map.entry("release", "release ID"),
                    Map.entry("start_child", "start_child S ID [KEY=VALUE ...]"),
                    Map.entry("terminate_child", "terminate_child S ID|pid:NAME"),
                    Map.entry("restart_child", "restart_child S ID"),
                    Map.entry("delete_child", "delete_child S ID"),
                    Map.entry("which_children", "which_children S"),
                    Map.entry("count_children", "count_children S"),
                    Map.entry("get_childspec", "get_childspec S ID"),
                    Map.entry("stop_sup", "stop_sup S R"));

    private final String file;
    private final List<String> warnings = new ArrayList<>();

    private ScenarioParser(String file) {
        this.file = file;
    }

    /**
     * Reads a whole scenario.
     *
     * @throws ScenarioError for the first line that is no command
     */
    static Scenario parse(String file, String text) {
        var parser = new ScenarioParser(file);
        var steps = new ArrayList<Step>();
        var lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            parser.step(i + 1, lines[i]).ifPresent(steps::add);
        }
        return new Scenario(file, steps, parser.warnings);
    }

    /**
     * Reads one line.
     *
     * @return its command, if there is one
     * @throws ScenarioError if it is no command
     */
    static Optional<Step> parseLine(String file, int line, String text) {
        return new ScenarioParser(file).step(line, text);
    }

    private Optional<Step> step(int line, String text) {
        var words = Tokens.split(text);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Step(line, String.join(" ", words), command(line, words)));
        } catch (IllegalArgumentException e) {
            throw new ScenarioError(file, line, String.valueOf(e.getMessage()));
        }
    }

    private Command command(int line, List<String> words) {
        var verb = words.getFirst();
        if (verb.equals("seq")) {
            return ActionParser.sequence(words);
        }
        var usage = USAGE.get(verb);
        if (usage == null) {
            return ActionParser.parse(words);
        }
        var tokens = new Tokens(words, usage);
        var command = command(line, verb, tokens);
        tokens.end();
        return command;
    }

    private Command command(int line, String verb, Tokens tokens) {
        return switch (verb) {
            case "option" -> order(tokens);
            case "supervisor" -> supervisor(line, tokens);
            case "child" ->
                    new Command.DefineChild(
                            tokens.take(),
                            tokens.take(),
                            attributes(line, tokens, Attributes.OF_CHILDREN));
            case "sleep" -> new Command.Sleep(millis(tokens));
            case "register" -> new Command.Register(tokens.take(), tokens.take());
            case "unregister" -> new Command.Unregister(tokens.take());
            case "whereis" -> new Command.WhereIs(tokens.take());
            case "alive" -> new Command.IsAlive(tokens.take());
            case "release" -> new Command.Release(tokens.take());
            default -> new Ask(tokens.take(), request(line, verb, tokens));
        };
    }

    private Command supervisor(int line, Tokens tokens) {
        var name = tokens.take();
        var attributes = attributes(line, tokens, Attributes.OF_SUPERVISORS);
        if (!attributes.init().fitsSupervisors()) {
            throw new IllegalArgumentException(
                    "init action of a supervisor is none of ok, ignore, crash:N: "
                            + attributes.get("init", "ok"));
        }
        return new Command.DefineSupervisor(name, attributes);
    }

    private Request request(int line, String verb, Tokens tokens) {
        return switch (verb) {
            case "start_child" ->
                    new Request.StartChild(
                            tokens.take(), attributes(line, tokens, Attributes.OF_CHILDREN));
            case "terminate_child" -> terminate(tokens.take());
            case "restart_child" -> new Request.RestartChild(tokens.take());
            case "delete_child" -> new Request.DeleteChild(tokens.take());
            case "which_children" -> new Request.WhichChildren();
            case "count_children" -> new Request.CountChildren();
            case "get_childspec" -> new Request.GetChildSpec(tokens.take());
            case "stop_sup" -> new Request.Stop(tokens.take());
            default -> throw tokens.wrong();
        };
    }

    private static Request terminate(String child) {
        return child.startsWith("pid:")
                ? new Request.TerminateProcess(child.substring("pid:".length()))
                : new Request.TerminateChild(child);
    }

    private static Command order(Tokens tokens) {
        return switch (tokens.take()) {
            case "order=grouped" -> new Command.SetOrder(EventOrder.GROUPED);
            case "order=child" -> new Command.SetOrder(EventOrder.CHILD);
            default -> throw tokens.wrong();
        };
    }

    private static long millis(Tokens tokens) {
        try {
            return Long.parseUnsignedLong(tokens.take());
        } catch (NumberFormatException e) {
            throw tokens.wrong();
        }
    }

    private Attributes attributes(int line, Tokens tokens, Set<String> known) {
        var attributes = Attributes.parse(tokens.takeRest());
        attributes.values().keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .forEach(key -> warnings.add(file + ":" + line + ": " + key + " has no effect"));
        return attributes;
    }
}
