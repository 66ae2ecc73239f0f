package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles the test that a failure prints, as it is, and runs it with JUnit. */
public final class Printed {

    private static final String MARK = "This test repeats it:\n\n";

    private static final String IMPORTS =
            """
            import io.coppice.testkit.*;
            import io.coppice.testkit.laws.*;
            import io.coppice.testkit.script.*;
            import org.junit.jupiter.api.Test;
            import java.time.Duration;
            """;

    private static final AtomicInteger MADE = new AtomicInteger();

    private Printed() {}

    /**
     * Puts what {@code report} prints into a class that extends {@code home}, and runs it.
     *
     * @return what the test threw
     */
    static Throwable failureOf(String report, Class<?> home) throws IllegalAccessException {
        var name = "Printed" + MADE.incrementAndGet();
        var source =
                "package %s;\n%sclass %s extends %s {\n%s}\n"
                        .formatted(
                                home.getPackageName(),
                                IMPORTS,
                                name,
                                home.getCanonicalName(),
                                test(report));
        var bytes = compiled(home.getPackageName() + "." + name, source);
        var type = MethodHandles.privateLookupIn(home, MethodHandles.lookup()).defineClass(bytes);
        var failures = run(type);
        assertThat(failures).as(source).hasSize(1);
        return failures.getFirst();
    }

    private static String test(String report) {
        int mark = report.indexOf(MARK);
        assertThat(mark).as(report).isNotNegative();
        return report.substring(mark + MARK.length());
    }

    /** The text of a class as its bytes. */
    public static byte[] compiled(String name, String source) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var complaints = new StringWriter();
        var bytes = new ByteArrayOutputStream();
        try (var files = new Memory(compiler.getStandardFileManager(null, null, null), bytes)) {
            var options =
                    List.of(
                            "-proc:none",
                            "-cp",
                            System.getProperty(
                                    "surefire.test.class.path",
                                    System.getProperty("java.class.path")));
            var text = new Text(name, source);
            boolean isGood =
                    compiler.getTask(complaints, files, null, options, null, List.of(text)).call();
            assertThat(isGood).as("%s\n%s", complaints, source).isTrue();
        } catch (IOException impossible) {
            throw new AssertionError("nothing but memory is closed", impossible);
        }
        return bytes.toByteArray();
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String name, String text) {
            super(URI.create("printed:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final ByteArrayOutputStream bytes;

        Memory(JavaFileManager files, ByteArrayOutputStream bytes) {
            super(files);
            this.bytes = bytes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("printed:///" + name + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }

    /** Runs the tests that {@code type} itself has, and tells what they threw. */
    public static List<Throwable> run(Class<?> type) {
        return run(
                type,
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .toList());
    }

    static List<Throwable> run(Class<?> type, List<Method> tests) {
        var failures = new ArrayList<Throwable>();
        var listener =
                new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                        result.getThrowable().ifPresent(failures::add);
                    }
                };
        var methods = tests.stream().map(test -> selectMethod(type, test)).toList();
        var request = request().selectors(methods).build();
        LauncherFactory.create().execute(request, listener);
        return failures;
    }

    /** What a replay failed with. */
    static Findings.Failure failure(@Nullable Throwable thrown) {
        assertThat(thrown).isInstanceOf(SimulationFailure.class);
        return ((SimulationFailure) thrown).failure();
    }
}
