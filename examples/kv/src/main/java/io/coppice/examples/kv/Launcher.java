package io.coppice.examples.kv;

import static java.util.stream.Collectors.joining;

import io.coppice.examples.kv.driver.Screen;
import io.coppice.examples.kv.driver.World;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does what a command line asks for. */
public final class Launcher {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final ServerFactory servers;
    private final Screen screen;
    private final PrintStream errors;

    Launcher(ServerFactory servers, Screen screen, PrintStream errors) {
        this.servers = servers;
        this.screen = screen;
        this.errors = errors;
    }

    /**
     * Runs the program; returns when it is done.
     *
     * @return its exit code: 0 if all went well, 1 if not, 2 if the command line makes no sense
     */
    public static int run(String[] args, ServerFactory servers) {
        return new Launcher(servers, Screen.standard(), System.err).run(args);
    }

    int run(String... args) {
        return switch (Arguments.parse(args)) {
            case Arguments.Help() -> {
                screen.print(Arguments.help());
                yield OK;
            }
            case Arguments.Wrong(var problems) -> {
                problems.forEach(errors::println);
                yield MISUSED;
            }
            case Arguments.Run(var options) -> run(options);
        };
    }

    private int run(Options options) {
        try {
            boolean ok = options.serve() ? serve(options) : new Demo(servers, screen).run(options);
            return ok ? OK : FAILED;
        } catch (IOException failure) {
            errors.println("cannot start: " + failure);
            return FAILED;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /** Serves until the JVM is told to stop; false if the server ended by itself. */
    private boolean serve(Options options) throws IOException, InterruptedException {
        Path data = options.data().orElse(Options.DEFAULT_DATA);
        Files.createDirectories(data);
        var told = new AtomicBoolean();
        try (World world = servers.start(options, data)) {
            var onStop =
                    new Thread(
                            () -> {
                                told.set(true);
                                world.close();
                            },
                            "kv-stop");
            Runtime.getRuntime().addShutdownHook(onStop);
            screen.print(welcome(options, world.address().getPort(), data));
            world.awaitEnd();
        }
        if (!told.get()) errors.println("the server ended by itself");
        return told.get();
    }

    private static List<String> welcome(Options options, int port, Path data) {
        String fsync = ArgumentParser.name(options.fsync());
        return List.of(
                "Serving on port %d: %d shards, data in %s, fsync %s, %s."
                        .formatted(port, options.shards(), data, fsync, chaos(options)),
                "Connect with:  redis-cli -p " + port,
                "Stop with Ctrl-C.");
    }

    static String chaos(Options options) {
        if (options.chaosPerSecond() == 0) return "no chaos";
        return options.chaosAt().stream()
                .sorted()
                .map(ArgumentParser::name)
                .collect(joining(", ", rate(options) + " kills per second at ", ""));
    }

    private static String rate(Options options) {
        return BigDecimal.valueOf(options.chaosPerSecond()).stripTrailingZeros().toPlainString();
    }
}
