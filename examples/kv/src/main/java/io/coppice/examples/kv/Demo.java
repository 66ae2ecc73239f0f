package io.coppice.examples.kv;

import io.coppice.examples.kv.driver.Driver;
import io.coppice.examples.kv.driver.LiveView;
import io.coppice.examples.kv.driver.Load;
import io.coppice.examples.kv.driver.Report;
import io.coppice.examples.kv.driver.Screen;
import io.coppice.examples.kv.driver.Verification;
import io.coppice.examples.kv.driver.World;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The server and those who drive it in one JVM, with chaos, for a while. Stopped early, it still
 * reads everything back and reports.
 */
final class Demo {

    private static final Duration PATIENCE_TO_READ_BACK = Duration.ofSeconds(10);
    private static final long LONGEST_STOP_SECONDS = 30;

    private final ServerFactory servers;
    private final Screen screen;

    Demo(ServerFactory servers, Screen screen) {
        this.servers = servers;
        this.screen = screen;
    }

    /** Whether all was well. */
    boolean run(Options options) throws IOException, InterruptedException {
        var stop = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, done), "kv-stop"));
        try {
            return run(options, stop);
        } finally {
            done.countDown();
        }
    }

    private boolean run(Options options, CountDownLatch stop)
            throws IOException, InterruptedException {
        if (options.data().isEmpty()) {
            Path temporary = Files.createTempDirectory("coppice-kv");
            try {
                return run(options, temporary, stop);
            } finally {
                delete(temporary);
            }
        }
        return run(options, Files.createDirectories(options.data().get()), stop);
    }

    private boolean run(Options options, Path data, CountDownLatch stop)
            throws IOException, InterruptedException {
        try (World world = servers.start(options, data)) {
            screen.print(announcement(options, world));
            Report report = drive(options, world, stop);
            screen.print(List.of(""));
            screen.print(report.lines());
            return report.isOk();
        }
    }

    private Report drive(Options options, World world, CountDownLatch stop)
            throws InterruptedException {
        var load = Load.of(options.clients(), ThreadLocalRandom.current().nextLong());
        try (var driver = Driver.start(load, world.address())) {
            var view = new LiveView(screen, driver, world, options.duration());
            view.show(stop);
            driver.close();
            Duration elapsed = view.elapsed();
            world.stopChaos();
            Verification verification = driver.verify(world.address(), PATIENCE_TO_READ_BACK);
            return Report.of(elapsed, driver, world, verification);
        }
    }

    private static List<String> announcement(Options options, World world) {
        return List.of(
                "Driving a server on port %d with %d clients for %d s, %s."
                        .formatted(
                                world.address().getPort(),
                                options.clients(),
                                options.duration().toSeconds(),
                                Launcher.chaos(options)),
                "");
    }

    private static void end(CountDownLatch stop, CountDownLatch done) {
        stop.countDown();
        try {
            if (!done.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("the demonstration did not end in time");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        Files.deleteIfExists(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
