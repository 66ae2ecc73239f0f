package io.coppice.supervision.laws;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorFactory;
import io.coppice.process.ExitReason;
import io.coppice.supervision.Child;
import io.coppice.supervision.ChildSpec;
import io.coppice.supervision.Restart;
import io.coppice.supervision.Strategy;
import io.coppice.supervision.Supervisor;
import io.coppice.testkit.script.Reasons;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tree of one supervisor, called {@code top}, and what is done to it.
 *
 * @param strategy of the supervisor
 * @param intensity of the supervisor: 0 or more restarts
 * @param period of the supervisor: whole seconds, greater than zero
 * @param children in start order, each of another id
 * @param moves one after the other, each when all is quiet
 */
public record TreeScript(
        Strategy strategy, int intensity, Duration period, List<Part> children, List<Move> moves) {

    public TreeScript {
        requireNonNull(strategy, "strategy");
        children = List.copyOf(children);
        moves = List.copyOf(moves);
        if (children.stream().map(Part::id).distinct().count() < children.size()) {
            throw new IllegalArgumentException("children: two with one id: " + children);
        }
    }

    /** What the init of a child does. */
    public enum Init {
        /** It succeeds. */
        OK,
        /** It fails, with the reason {@code e}. */
        FAIL,
        /** It asks to be ignored. */
        IGNORE
    }

    /**
     * One child.
     *
     * @param id letters and digits
     * @param restart when it is started again
     * @param inits what its first attempts to start do; later ones succeed
     */
    public record Part(String id, Restart restart, List<Init> inits) {
        public Part {
            requireNonNull(id, "id");
            requireNonNull(restart, "restart");
            inits = List.copyOf(inits);
        }

        /**
         * What an attempt to start does.
         *
         * @param number 1 for the first
         */
        public Init init(int number) {
            return number <= inits.size() ? inits.get(number - 1) : Init.OK;
        }

        @Override
        public String toString() {
            return Stream.concat(Stream.of(id, word(restart)), inits.stream().map(Part::word))
                    .collect(Collectors.joining(" "));
        }

        private static String word(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is done. */
    public sealed interface Move {

        /** A child ends with {@code reason}, or is killed if that is {@code Killed}. */
        record End(String id, ExitReason reason) implements Move {
            @Override
            public String toString() {
                return "end " + id + " " + Reasons.text(reason);
            }
        }

        /** The supervisor is asked to terminate a child. */
        record Terminate(String id) implements Move {
            @Override
            public String toString() {
                return "terminate " + id;
            }
        }

        /** The supervisor is asked to restart a child. */
        record Restart(String id) implements Move {
            @Override
            public String toString() {
                return "restart " + id;
            }
        }

        /** The supervisor is asked to delete a child. */
        record Delete(String id) implements Move {
            @Override
            public String toString() {
                return "delete " + id;
            }
        }

        /** Time passes. Only for nodes whose time is virtual. */
        record Sleep(long seconds) implements Move {
            @Override
            public String toString() {
                return "sleep " + seconds;
            }
        }
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if a line makes no sense; the message shows it
     */
    public static TreeScript parse(String text) {
        return TreeScriptParser.parse(text);
    }

    /**
     * The child called {@code id}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Part child(String id) {
        return children.stream()
                .filter(child -> child.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no child: " + id));
    }

    /** The ids of the children, in start order. */
    public List<String> ids() {
        return children.stream().map(Part::id).toList();
    }

    /** The tree, of children that {@code factory} makes for their ids. */
    public Supervisor tree(Function<String, ActorFactory<Object>> factory) {
        return Supervisor.supervisor("top", strategy)
                .restarts(intensity, period)
                .children(
                        children.stream()
                                .map(part -> child(part, factory))
                                .toArray(ChildSpec<?>[]::new));
    }

    private static ChildSpec<?> child(Part part, Function<String, ActorFactory<Object>> factory) {
        return Child.worker(part.id(), factory.apply(part.id())).restart(part.restart());
    }

    /** The script as {@link #parse} reads it: the supervisor, its children, and the moves. */
    @Override
    public String toString() {
        var top = "%s %d in %ds".formatted(Part.word(strategy), intensity, period.toSeconds());
        return Stream.of(Stream.of(top), children.stream(), Stream.of("---"), moves.stream())
                .flatMap(lines -> lines)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
