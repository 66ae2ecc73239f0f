package io.coppice.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * A scenario of links, monitors, names and held mailboxes, which nobody has seen before. No result
 * in it depends on a race: within a {@code seq} nothing dies but at its end.
 */
final class FreshLinks {

    private final Dice dice;
    private final List<String> processes = new ArrayList<>(List.of("root"));
    private int monitors;

    private FreshLinks(Dice dice) {
        this.dice = dice;
    }

    static String scenario(long seed) {
        var fresh = new FreshLinks(new Dice(seed));
        var lines = new ArrayList<String>();
        for (int i = fresh.dice.number(3, 6); i > 0; i--) {
            lines.add(fresh.spawn("root"));
        }
        for (int i = fresh.dice.number(10, 60); i > 0; i--) {
            lines.add(fresh.line());
        }
        return String.join("\n", lines) + "\n";
    }

    private String line() {
        var a = process();
        return switch (dice.word("act*40", "death*12", "seq*10", "spawn*9", "names*7", "alive*2")) {
            case "act" -> act(a);
            case "death" -> death(a, process());
            case "seq" -> sequence(a);
            case "spawn" -> spawn(a);
            case "names" ->
                    dice.word("register %s " + a + "*4", "unregister %s", "whereis %s*2")
                            .formatted(name());
            default -> "alive " + a;
        };
    }

    private String process() {
        if (dice.chance(3)) {
            return "Nobody";
        }
        int oldest = dice.chance(80) ? Math.max(0, processes.size() - 6) : 0;
        return dice.any(processes.subList(oldest, processes.size()));
    }

    private String name() {
        return "n" + dice.number(1, 3);
    }

    private String monitor() {
        monitors += dice.chance(90) ? 1 : 0;
        return "M" + monitors;
    }

    private String spawn(String by) {
        var name = "P" + processes.size();
        processes.add(name);
        return "spawn "
                + name
                + (by.equals("root") ? "" : " by " + by)
                + dice.word("_", " link")
                + (dice.chance(30) ? " monitor=" + monitor() : "")
                + dice.word("_*3", " trap*2")
                + dice.word("_*9", " die=" + dice.reason(), " crash=k");
    }

    private String act(String a) {
        var b = process();
        return switch (dice.word(
                "link*14",
                "unlink*5",
                "monitor*7",
                "by name*3",
                "demonitor*5",
                "trap*4",
                "send*5",
                "send by name*2",
                "hold*3",
                "resume*4")) {
            case "link" -> "link " + a + " " + b;
            case "unlink" -> "unlink " + a + " " + b + dice.word("_", " flush");
            case "monitor" -> "monitor " + a + " " + b + " as " + monitor();
            case "by name" -> "monitor " + a + " @" + name() + " as " + monitor();
            case "demonitor" ->
                    "demonitor "
                            + a
                            + " M"
                            + dice.number(1, Math.max(1, monitors))
                            + dice.word("_", " flush", " info", " flush info");
            case "trap" -> "trap " + a + dice.word(" on", " off");
            case "send" -> "send " + a + " -> " + b + " t" + dice.number(1, 99);
            case "send by name" -> "send " + a + " -> @" + name() + " t" + dice.number(1, 99);
            case "hold" -> "hold " + a;
            default -> "resume " + a;
        };
    }

    private String death(String a, String b) {
        return switch (dice.word("exit*5", "kill", "self*2", a.equals("root") ? "exit" : "end*8")) {
            case "exit" -> "exit " + a + " -> " + b + " " + dice.reason();
            case "kill" -> "exit " + a + " -> " + b + " kill";
            case "self" -> "exit " + a + " -> " + a + " " + dice.reason();
            default -> dice.word("stop " + a + " " + dice.reason() + "*3", "crash " + a + " c");
        };
    }

    private String sequence(String a) {
        var parts = new ArrayList<String>();
        for (int i = dice.number(2, 4); i > 0; i--) {
            // In Erlang a flush is a receive, and lets in what the process has sent itself.
            parts.add(act(a).replace(" flush", ""));
        }
        if (dice.chance(60)) {
            parts.add(death(a, process()));
        }
        return "seq " + String.join(" ; ", parts);
    }
}
