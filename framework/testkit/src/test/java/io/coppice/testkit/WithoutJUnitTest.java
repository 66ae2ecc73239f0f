package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** A program that simulates, and has no JUnit on its class path. */
class WithoutJUnitTest {

    @Test
    void a_hunt_needs_no_junit() throws Exception {
        try (var bare = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> bare.loadClass("org.junit.jupiter.api.Test"))
                    .isInstanceOf(ClassNotFoundException.class);

            var program = bare.loadClass(Program.class.getName());
            var run = (Callable<?>) program.getDeclaredConstructor().newInstance();

            assertThat(run.call()).isEqualTo(10L);
        }
    }

    /** All of the class path but JUnit. */
    private static URL[] urls() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("junit"))
                .map(WithoutJUnitTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Hunts, and tells how many schedules it has tried. */
    public static final class Program implements Callable<Long> {

        /** For the class loader. */
        public Program() {}

        @Override
        public Long call() {
            return Hunt.of(Simulation::settle).withSchedules(10).run().schedules();
        }
    }
}
