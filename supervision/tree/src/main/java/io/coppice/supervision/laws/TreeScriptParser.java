package io.coppice.supervision.laws;

import io.coppice.supervision.Restart;
import io.coppice.supervision.Strategy;
import io.coppice.supervision.laws.TreeScript.Init;
import io.coppice.supervision.laws.TreeScript.Move;
import io.coppice.supervision.laws.TreeScript.Part;
import io.coppice.testkit.script.Reasons;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads {@link TreeScript}s. */
final class TreeScriptParser {

    private static final Pattern TOP = Pattern.compile("(\\w+) (\\d+) in (\\d+)s");

    private TreeScriptParser() {}

    static TreeScript parse(String text) {
        var lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        int wall = lines.indexOf("---");
        var top = TOP.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (wall < 1 || !top.matches()) {
            throw new IllegalArgumentException(
                    "not a supervisor, children, --- and moves: " + text);
        }
        return new TreeScript(
                Strategy.valueOf(upper(top.group(1))),
                Integer.parseInt(top.group(2)),
                Duration.ofSeconds(Long.parseLong(top.group(3))),
                lines.subList(1, wall).stream().map(TreeScriptParser::part).toList(),
                lines.subList(wall + 1, lines.size()).stream()
                        .map(TreeScriptParser::move)
                        .toList());
    }

    private static Part part(String line) {
        var words = words(line);
        var inits = words.stream().skip(2).map(word -> Init.valueOf(upper(word))).toList();
        return new Part(words.getFirst(), Restart.valueOf(upper(words.get(1))), inits);
    }

    private static Move move(String line) {
        var words = words(line);
        var id = words.get(1);
        return switch (words.getFirst()) {
            case "end" -> new Move.End(id, Reasons.parse(line.split(" ", 3)[2]));
            case "terminate" -> new Move.Terminate(id);
            case "restart" -> new Move.Restart(id);
            case "delete" -> new Move.Delete(id);
            case "sleep" -> new Move.Sleep(Long.parseLong(id));
            default -> throw new IllegalArgumentException("no move: " + line);
        };
    }

    private static List<String> words(String line) {
        var words = Arrays.asList(line.split(" "));
        if (words.size() < 2 || words.size() < 3 && words.getFirst().equals("end")) {
            throw new IllegalArgumentException("too few words: " + line);
        }
        return words;
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
