package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Node;
import io.coppice.process.Pid;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A supervision tree as it is shown: one that does not run, or one that runs, at one moment.
 *
 * @param id what it is called among its siblings
 * @param remarks what there is to know about it, in a few words each; what is so by default is left
 *     out, but for the budget of a supervisor
 * @param live how it fares; empty if the tree does not run
 * @param children in start order. Of a dynamic supervisor, if it does not run, one that stands for
 *     all; if it runs, its oldest ten
 * @param more how many children it has besides; zero or more
 */
public record TreeView(
        String id,
        ChildType type,
        List<String> remarks,
        Optional<Live> live,
        List<TreeView> children,
        int more) {

    /**
     * How a child fares, as its supervisor knows it.
     *
     * @param pid its process, if it has one
     * @param restarts how often it has been started again; zero or more
     */
    public record Live(Optional<Pid> pid, State state, int restarts) {
        public Live {
            requireNonNull(pid, "pid");
            requireNonNull(state, "state");
            requireNotNegative(restarts, "restarts");
        }
    }

    /** What a child is about. */
    public enum State {
        /** It is in its init; a supervisor is starting its children. */
        STARTING,

        /** It was started, and its supervisor has not heard of its end. */
        RUNNING,

        /** It failed, and is to be started again: soon, or when its back-off is over. */
        RESTARTING,

        /** It was told to stop, and has not yet; a supervisor is stopping its children. */
        STOPPING,

        /** It does not run, and is not about to; or it is its turn to be started later. */
        STOPPED
    }

    public TreeView {
        requireNonNull(id, "id");
        requireNonNull(type, "type");
        remarks = List.copyOf(remarks);
        requireNonNull(live, "live");
        children = List.copyOf(children);
        requireNotNegative(more, "more");
    }

    private static void requireNotNegative(int value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + ", must be zero or more");
        }
    }

    /**
     * What {@code tree} is, whether it runs or not. Beside the root stands which child can bring it
     * down the soonest, if it always fails at once: after how many failures, and in what time.
     */
    public static TreeView of(ChildSpec<?> tree) {
        var root = Part.root(tree);
        return view(root, Failing.fatal(root).map(Failing::inWords).stream());
    }

    private static TreeView view(Part part, Stream<String> more) {
        return new TreeView(
                part.id(),
                part.spec().type(),
                Stream.concat(Remarks.of(part).stream(), more).toList(),
                Optional.empty(),
                part.children().stream().map(it -> view(it, Stream.empty())).toList(),
                0);
    }

    /**
     * The tree below {@code supervisor} as it is now. Waits for no process, however busy: it reads
     * what each supervisor has published last, one after the other. May be called from any thread.
     *
     * @return empty if {@code supervisor} is gone, or no supervisor
     */
    public static Optional<TreeView> of(Node node, Pid supervisor) {
        return new LiveTree(node).of(supervisor);
    }

    /** As {@link TreeFormat#TEXT}. */
    public String print() {
        return print(TreeFormat.TEXT);
    }

    /** In several lines, the last without an end. */
    public String print(TreeFormat format) {
        return switch (format) {
            case TEXT -> TextPrinter.print(this);
            case MERMAID -> MermaidPrinter.print(this);
        };
    }
}
