package io.coppice.examples.kv.driver;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;

/** Where a run is shown: a terminal, on which lines can be written over, or something else. */
public final class Screen {

    /** Longer lines would wrap, and what wraps cannot be written over. */
    private static final int WIDTH = 79;

    private static final String ESCAPE = "\u001b[";

    private final PrintStream out;
    private final boolean isTerminal;
    private int drawn; // lines that the next drawing replaces

    public Screen(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** What this program was started on. */
    public static Screen standard() {
        return new Screen(System.out, isOnTerminal());
    }

    boolean isTerminal() {
        return isTerminal;
    }

    /** Puts these lines in the place of those drawn before. */
    void draw(List<String> lines) {
        var frame = new StringBuilder();
        if (drawn > 0) frame.append(ESCAPE).append(drawn).append('A');
        frame.append('\r').append(ESCAPE).append('J');
        for (String line : lines) frame.append(clipped(line)).append('\n');
        out.print(frame);
        out.flush();
        drawn = lines.size();
    }

    /** These lines stay. */
    public void print(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
        drawn = 0;
    }

    private static String clipped(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 3) + "...";
    }

    private static boolean isOnTerminal() {
        Console console = System.console();
        return console != null && !"dumb".equals(System.getenv("TERM")) && isTerminal(console);
    }

    /** Since Java 22 there is a console without a terminal as well, and a way to ask. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException java21) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }
}
