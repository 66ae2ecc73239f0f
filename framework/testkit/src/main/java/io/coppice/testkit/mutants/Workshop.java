package io.coppice.testkit.mutants;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Makes mutants: changes source text, compiles it against the class path, and gives a class loader
 * in which everything of a package is loaded anew, with the changed classes in place.
 */
public final class Workshop {

    private final List<Path> sources;
    private final String ours;

    /**
     * @param ours the beginning of the names of all classes that are loaded anew, for example
     *     {@code io.coppice.}
     * @param sources the roots of the sources
     */
    public Workshop(String ours, List<Path> sources) {
        this.ours = ours;
        this.sources = List.copyOf(sources);
    }

    /** The text that a mutant is to change is not there, or more than once, or does not compile. */
    public static final class Unmakeable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unmakeable(Mutant mutant, String why) {
            super("the mutant \"" + mutant.name() + "\" cannot be made: " + why);
        }
    }

    /**
     * Makes {@code mutant}.
     *
     * @throws Unmakeable if it no longer fits the sources
     */
    public ClassLoader make(Mutant mutant) {
        var texts = new LinkedHashMap<String, String>();
        for (var edit : mutant.edits()) {
            var before = texts.computeIfAbsent(edit.type(), type -> read(mutant, type));
            texts.put(edit.type(), edited(mutant, before, edit));
        }
        return new Anew(ours, compile(mutant, texts));
    }

    private String read(Mutant mutant, String type) {
        var file = type.replace('.', '/') + ".java";
        return sources.stream()
                .map(root -> root.resolve(file))
                .filter(Files::exists)
                .findFirst()
                .map(Workshop::text)
                .orElseThrow(() -> new Unmakeable(mutant, "no source " + file + " in " + sources));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String edited(Mutant mutant, String text, Mutant.Edit edit) {
        int first = text.indexOf(edit.find());
        if (first < 0) {
            throw new Unmakeable(mutant, edit.type() + " does not say: " + edit.find());
        }
        if (text.indexOf(edit.find(), first + 1) >= 0) {
            throw new Unmakeable(mutant, edit.type() + " says more than once: " + edit.find());
        }
        return text.replace(edit.find(), edit.replacement());
    }

    private static Map<String, byte[]> compile(Mutant mutant, Map<String, String> texts) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var complaints = new StringWriter();
        var units = new ArrayList<Text>();
        texts.forEach((type, text) -> units.add(new Text(type, text)));
        try (var files = new Shelf(compiler.getStandardFileManager(null, null, null))) {
            var options = List.of("-proc:none", "-nowarn", "-Xlint:none", "-cp", classPath());
            if (!compiler.getTask(complaints, files, null, options, null, units).call()) {
                throw new Unmakeable(mutant, "it does not compile:\n" + complaints);
            }
            return files.classes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // nothing but memory is closed
        }
    }

    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path", ""));
    }

    /** A source in memory. */
    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String type, String text) {
            super(URI.create("mutant:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps compiled classes in memory. */
    private static final class Shelf extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> compiled = new HashMap<>();

        Shelf(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mutant:///" + name + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return compiled.computeIfAbsent(name, any -> new ByteArrayOutputStream());
                }
            };
        }

        Map<String, byte[]> classes() {
            var classes = new HashMap<String, byte[]>();
            compiled.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }

    /** Loads our classes anew, the mutated ones from memory; asks its parent for all others. */
    private static final class Anew extends ClassLoader {
        private final String ours;
        private final Map<String, byte[]> mutated;

        Anew(String ours, Map<String, byte[]> mutated) {
            super(Workshop.class.getClassLoader());
            this.ours = ours;
            this.mutated = mutated;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                var loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                return name.startsWith(ours) ? define(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            var bytes = mutated.containsKey(name) ? mutated.get(name) : original(name);
            return defineClass(name, bytes, 0, bytes.length);
        }

        private byte[] original(String name) throws ClassNotFoundException {
            try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                return in.readAllBytes();
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
