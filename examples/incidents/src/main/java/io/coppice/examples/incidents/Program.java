package io.coppice.examples.incidents;

import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Outcome;
import io.coppice.examples.incidents.stage.Verdict;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Does what a command line asks for. */
final class Program {

    private static final int OK = 0;
    private static final int WRONG = 1;
    private static final int MISUSED = 2;

    private static final List<String> HELP =
            List.of(
                    "list            names all incidents",
                    "run NAME...     runs some of them",
                    "(no arguments)  runs all");

    private final List<Incident> incidents;
    private final PrintStream out;
    private final PrintStream errors;

    Program(List<Incident> incidents, PrintStream out, PrintStream errors) {
        this.incidents = incidents;
        this.out = out;
        this.errors = errors;
    }

    /**
     * Runs the program.
     *
     * @return its exit code: 0 if all went well, 1 if a verdict is wrong, 2 if the command line
     *     makes no sense
     */
    int run(List<String> arguments) {
        if (arguments.isEmpty()) {
            return runAll(incidents);
        }
        var names = arguments.subList(1, arguments.size());
        return switch (arguments.getFirst()) {
            case "list" -> names.isEmpty() ? list() : misused(arguments);
            case "run" -> names.isEmpty() ? misused(arguments) : runNamed(names);
            case "--help" -> help();
            default -> misused(arguments);
        };
    }

    private int list() {
        incidents.forEach(incident -> out.println(Printer.line(incident.story())));
        return OK;
    }

    private int help() {
        HELP.forEach(out::println);
        return OK;
    }

    private int misused(List<String> arguments) {
        errors.println("cannot make sense of: " + String.join(" ", arguments));
        HELP.forEach(errors::println);
        return MISUSED;
    }

    private int runNamed(List<String> names) {
        var chosen = incidents.stream().filter(it -> names.contains(it.story().id())).toList();
        var known = chosen.stream().map(it -> it.story().id()).toList();
        var unknown = names.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            errors.println(
                    "no such incident: " + String.join(", ", unknown) + "; \"list\" names all");
            return MISUSED;
        }
        return runAll(chosen);
    }

    private int runAll(List<Incident> chosen) {
        var outcomes = new ArrayList<Outcome>();
        for (var incident : chosen) {
            var outcome = incident.run();
            Printer.story(outcome).forEach(out::println);
            outcomes.add(outcome);
        }
        Printer.table(outcomes).forEach(out::println);
        out.println();
        out.println(Printer.summary(outcomes));
        return outcomes.stream().allMatch(it -> it.verdict() == Verdict.OK) ? OK : WRONG;
    }
}
