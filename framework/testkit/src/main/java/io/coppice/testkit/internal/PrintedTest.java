package io.coppice.testkit.internal;

import io.coppice.testkit.Faults;
import io.coppice.testkit.Faults.Fault;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Replay;
import io.coppice.testkit.Simulation;

import java.lang.StackWalker.StackFrame;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the test that repeats a failure of a hunt, so that it can be compiled as it is, in the
 * class of the method that it calls.
 *
 * @param hunt what fails
 * @param method which hunts, if it can be called without knowing anything
 */
record PrintedTest(Hunt hunt, Optional<String> method) {

    /** The extension by its name: whoever hunts without JUnit cannot load it. */
    private static final Set<String> OURS =
            Set.of(
                    Hunt.class.getName(),
                    Hunter.class.getName(),
                    PrintedTest.class.getName(),
                    Replay.class.getName(),
                    Simulation.class.getName(),
                    Hunt.class.getPackageName() + ".SimulationExtension");

    private static final StackWalker STACK =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** For the thread that hunts. */
    static PrintedTest of(Hunt hunt) {
        return new PrintedTest(hunt, isMethod(hunt.name()) ? Optional.empty() : hunting());
    }

    private static boolean isMethod(String name) {
        return !name.equals(Hunt.UNNAMED)
                && name.matches("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");
    }

    private static Optional<String> hunting() {
        return STACK.walk(
                frames ->
                        frames.filter(frame -> !OURS.contains(frame.getClassName()))
                                .takeWhile(frame -> !isOfAnEngine(frame))
                                .filter(PrintedTest::canBeCalled)
                                .map(StackFrame::getMethodName)
                                .findFirst());
    }

    private static boolean isOfAnEngine(StackFrame frame) {
        return frame.getClassName().startsWith("org.junit.")
                || frame.getClassName().startsWith("net.jqwik.");
    }

    /** Not by its class alone: a lambda within it is a method with another name. */
    private static boolean canBeCalled(StackFrame frame) {
        var type = frame.getDeclaringClass();
        return frame.getMethodType().parameterCount() == 0
                && frame.getMethodName().matches("[^$<]+")
                && !type.getName().startsWith("java.")
                && !type.isHidden()
                && !type.isAnonymousClass()
                && !type.isLocalClass();
    }

    /** The end of a report. */
    String of(Replay replay) {
        if (isMethod(hunt.name())) {
            return "This test repeats it:\n\n" + Report.indented(simulated(replay)) + "\n";
        }
        return method.map(name -> "This test repeats it:\n\n" + Report.indented(in(replay, name)))
                        .orElseGet(
                                () ->
                                        "This repeats it, called on the hunt instead of check() or"
                                                + " run():\n\n    .replay("
                                                + source(replay)
                                                + ")")
                + "\n";
    }

    private String simulated(Replay replay) {
        return "@Simulated"
                + steps()
                + "\n"
                + replay
                + "\nvoid "
                + hunt.name()
                + "_again(Simulation simulation) throws Exception {\n    "
                + faults()
                + hunt.name()
                + "(simulation);\n}";
    }

    private String steps() {
        int byDefault = Hunt.of(hunt.scenario()).steps();
        return hunt.steps() == byDefault ? "" : "(steps = " + hunt.steps() + ")";
    }

    private String faults() {
        var all = hunt.faults().all();
        return all.isEmpty()
                ? ""
                : all.stream()
                        .map(PrintedTest::source)
                        .collect(
                                Collectors.joining(
                                        "\n            ",
                                        "simulation.faults(\n        Faults.none()\n            ",
                                        ");\n    "));
    }

    private static String in(Replay replay, String method) {
        return "@Test\nvoid "
                + method
                + "_again() throws Throwable {\n    "
                + source(replay)
                + ".in(() -> "
                + method
                + "());\n}";
    }

    // What is written as it is read

    private static String source(Replay replay) {
        return "new Replay(%sL, \"%s\", \"%s\")"
                .formatted(Long.toString(replay.seed()), replay.script(), replay.schedule());
    }

    private static String source(Fault fault) {
        var who = quoted(fault.process());
        return switch (fault) {
            case Faults.Kill k -> ".kill(" + who + ")";
            case Faults.KillAt(var w, var step) -> ".killAt(" + who + ", " + step + ")";
            case Faults.DelayInit(var w, var by) -> ".delayInit(" + who + ", " + source(by) + ")";
            case Faults.Slow(var w, var each) -> ".slow(" + who + ", " + source(each) + ")";
            case Faults.Block(var w, var message, var time) ->
                    ".block(" + who + ", " + message + ", " + source(time) + ")";
            case Faults.Full(var w, var message) -> ".full(" + who + ", " + message + ")";
            case Faults.LoseTimer(var w, var timer) -> ".loseTimer(" + who + ", " + timer + ")";
            case Faults.DelayTimer(var w, var timer, var by) ->
                    ".delayTimer(" + who + ", " + timer + ", " + source(by) + ")";
        };
    }

    private static String source(Duration time) {
        return "Duration.parse(\"" + time + "\")";
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
