package io.coppice.supervision.laws;

import io.coppice.testkit.script.Stage;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be seen in every performance of a script.
 *
 * @param method which a test calls that performs it again, in a class of {@link SupervisionLaws}
 * @param arguments of that method, as source
 * @param script for people
 * @param look performs it once
 */
record Claim(
        String method, List<String> arguments, String script, Function<Venue, Performance> look) {

    /**
     * Where a script is performed.
     *
     * @param sleep lets time pass
     */
    record Venue(Stage stage, Consumer<Duration> sleep) {

        /** In which no time can pass. */
        static Venue on(Stage stage) {
            return new Venue(stage, TreePlayer::refuse);
        }
    }

    /**
     * One performance.
     *
     * @param wasTested whether it put the claim to the test
     * @param wrong what is broken and how, in sentences; empty if nothing is
     * @param seen all of it
     */
    record Performance(boolean wasTested, String wrong, String seen) {

        boolean isBroken() {
            return !wrong.isEmpty();
        }
    }

    /** That {@code law} is kept. */
    static Claim of(SupervisionLaw law, TreeScript script) {
        return of(
                "hold",
                Stream.of("SupervisionLaw." + law.name()),
                script,
                venue -> {
                    var trace = TreePlayer.play(script, venue.stage(), venue.sleep());
                    var ruling = law.check(script, trace);
                    var how = ruling.violations();
                    var wrong = how.isEmpty() ? "" : law.sentence() + "\n" + String.join("\n", how);
                    return new Performance(ruling.wasTested(), wrong, trace.toString());
                });
    }

    /** That one thing after the other has the trace of the model. */
    static Claim ofTheModel(TreeScript script) {
        var expected = TreeModel.trace(script);
        return of(
                "allow",
                Stream.of(),
                script,
                venue -> {
                    var trace = TreePlayer.play(script, venue.stage(), venue.sleep());
                    var wrong =
                            trace.lines().equals(expected)
                                    ? ""
                                    : "what happens is what happens in the model:\n"
                                            + String.join("\n", expected).indent(4).stripTrailing();
                    return new Performance(true, wrong, trace.toString());
                });
    }

    /** That the ends of {@code script}, at once, are among {@code allowed}. */
    static Claim atOnce(TreeScript script, Set<List<String>> allowed) {
        return of(
                "allowAtOnce",
                Stream.of(),
                script,
                venue -> {
                    var lines = TreePlayer.playAtOnce(script, venue.stage());
                    var wrong =
                            allowed.contains(lines)
                                    ? ""
                                    : "what happens at once is what the model allows, one of:\n"
                                            + allowed.toString().indent(4).stripTrailing();
                    return new Performance(true, wrong, String.join("\n", lines));
                });
    }

    private static Claim of(
            String method,
            Stream<String> first,
            TreeScript script,
            Function<Venue, Performance> look) {
        var arguments = Stream.concat(first, Stream.of(source(script))).toList();
        return new Claim(method, arguments, script.toString(), look);
    }

    private static String source(TreeScript script) {
        return "TreeScript.parse(\n"
                + ("\"\"\"\n" + script + "\"\"\"").indent(12).stripTrailing()
                + ")";
    }

    /** That nobody survives a supervisor which is killed while it waits for a child to stop. */
    static Claim ofOneKilledWhileItStops() {
        return new Claim(
                "killWhileItStops",
                List.of(),
                "a supervisor is killed while it waits for a child to stop",
                venue -> {
                    var survivors = String.join("\n", TreePlayer.killedWhileItStops(venue.stage()));
                    return new Performance(true, survivors, survivors);
                });
    }

    /** A call of the method, with {@code more} arguments. */
    String call(String... more) {
        return Stream.concat(arguments.stream(), Stream.of(more))
                .collect(Collectors.joining(", ", method + "(", ")"));
    }

    /** What broke it. */
    String text(Performance broken) {
        return "broken: %s\nThe script:\n%sWhat was seen:\n%s"
                .formatted(broken.wrong(), script.indent(4), broken.seen().indent(4));
    }
}
