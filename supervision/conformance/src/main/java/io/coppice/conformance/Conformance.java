package io.coppice.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs scenarios on Coppice and prints their traces, or compares them with those of Erlang/OTP.
 *
 * <p>Files are taken as bytes, as the traces are compared byte for byte.
 */
public final class Conformance {

    private static final int ALL_WELL = 0;
    private static final int DIFFERENT = 1;
    private static final int BROKEN = 2;

    private final CommandLine asked;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    private Conformance(CommandLine asked, InputStream in, PrintStream out, PrintStream err) {
        this.asked = asked;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** See {@code --help}. */
    public static void main(String... arguments) {
        System.exit(run(List.of(arguments), System.in, System.out, System.err));
    }

    /** Does what it is asked to, and returns the exit code. */
    static int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) {
        try {
            return new Conformance(CommandLine.parse(arguments), in, out, err).run();
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println();
            err.print(CommandLine.USAGE);
            return BROKEN;
        } finally {
            out.flush();
        }
    }

    private int run() {
        if (asked.help()) {
            out.print(CommandLine.USAGE);
            return ALL_WELL;
        }
        int worst = ALL_WELL;
        int well = 0;
        for (var file : asked.files()) {
            int outcome = run(file);
            worst = Math.max(worst, outcome);
            well += outcome == ALL_WELL ? 1 : 0;
        }
        if (asked.check() || asked.repeat() > 1) {
            out.println(well + " of " + asked.files().size() + " scenarios equal");
        }
        return worst;
    }

    private int run(String file) {
        try {
            return file.equals("-") ? converse() : run(file, read(file));
        } catch (ScenarioError e) {
            err.println(e.getMessage());
        } catch (NoSuchFileException e) {
            err.println(e.getFile() + ": no such file");
        } catch (IOException e) {
            err.println(file + ": cannot be read: " + e);
        }
        return BROKEN;
    }

    private int run(String file, Scenario scenario) throws IOException {
        scenario.warnings().forEach(err::println);
        var expected = asked.check() ? readTrace(file) : Driver.trace(scenario);
        if (!asked.check() && asked.repeat() == 1) {
            print(expected);
            return ALL_WELL;
        }
        int runs = asked.check() ? asked.repeat() : asked.repeat() - 1;
        for (int i = 0; i < runs; i++) {
            var difference = Difference.between(expected, Driver.trace(scenario));
            if (difference.isPresent()) {
                print("DIFFERENT " + file + "\n" + difference.get());
                return DIFFERENT;
            }
        }
        return ALL_WELL;
    }

    private int converse() {
        if (asked.check() || asked.repeat() > 1) {
            throw new IllegalArgumentException("what is typed in is run once: -");
        }
        int worst = ALL_WELL;
        var typed = new BufferedReader(new InputStreamReader(in, ISO_8859_1));
        try (var driver = new Driver("-")) {
            var lines = typed.lines().iterator();
            for (int number = 1; lines.hasNext(); number++) {
                worst = Math.max(worst, execute(driver, number, lines.next()));
            }
        }
        print("END\n");
        return worst;
    }

    private int execute(Driver driver, int number, String line) {
        try {
            ScenarioParser.parseLine("-", number, line).map(driver::execute).ifPresent(this::print);
            return ALL_WELL;
        } catch (ScenarioError e) {
            err.println(e.getMessage());
            return BROKEN;
        }
    }

    private static Scenario read(String file) throws IOException {
        return ScenarioParser.parse(file, Files.readString(Path.of(file), ISO_8859_1));
    }

    private static String readTrace(String file) throws IOException {
        int dot = file.lastIndexOf('.');
        var root = dot > file.lastIndexOf('/') ? file.substring(0, dot) : file;
        return Files.readString(Path.of(root + ".trace"), ISO_8859_1);
    }

    private void print(String text) {
        try {
            out.write(text.getBytes(ISO_8859_1));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
