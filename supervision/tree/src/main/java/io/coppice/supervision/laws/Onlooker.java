package io.coppice.supervision.laws;

import static java.util.stream.Collectors.toSet;

import io.coppice.actor.Node;
import io.coppice.actor.StartFailure.Ignored;
import io.coppice.actor.StartFailure.InitTimeout;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.TreeEvent;
import io.coppice.supervision.TreeView;
import io.coppice.supervision.TreeView.State;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is to be seen and heard of a tree, the root of a node, in the words of its declaration. */
final class Onlooker {

    private final Node node;
    private final Member root;
    private final List<TreeEvent> events = Collections.synchronizedList(new ArrayList<>());

    Onlooker(Node node, Member root) {
        this.node = node;
        this.root = root;
    }

    /** A supervisor tells something. */
    void hear(TreeEvent event) {
        events.add(event);
    }

    /** What has been told so far, in order. */
    List<TreeEvent> events() {
        return List.copyOf(events);
    }

    // Who is there

    /** The tree; empty if it has ended. */
    Optional<TreeView> view() {
        return node.root().flatMap(process -> TreeView.of(node, process));
    }

    /** The processes of those whom the tree declares, by their paths; empty if it has ended. */
    Map<String, Pid> running() {
        var processes = new LinkedHashMap<String, Pid>();
        view().ifPresent(view -> collect(view, view.id(), processes));
        processes.keySet().retainAll(root.paths());
        return processes;
    }

    private void collect(TreeView part, String path, Map<String, Pid> processes) {
        pid(part).filter(node::isAlive).ifPresent(process -> processes.put(path, process));
        part.children().forEach(it -> collect(it, path + "/" + it.id(), processes));
    }

    private static Optional<Pid> pid(TreeView part) {
        return part.live().flatMap(TreeView.Live::pid);
    }

    /** The labels of those whom the tree declares and who are there. */
    List<String> labels() {
        var present = view().stream().flatMap(Onlooker::all).flatMap(it -> pid(it).stream());
        var found = present.map(Pid::label).toList();
        return root.all().map(Member::label).distinct().filter(found::contains).toList();
    }

    private static Stream<TreeView> all(TreeView part) {
        return Stream.concat(Stream.of(part), part.children().stream().flatMap(it -> all(it)));
    }

    /** The process of whoever the tree declares at {@code path}; of several, the first. */
    Optional<Pid> process(String path) {
        return view().flatMap(view -> process(view, view.id(), path));
    }

    private static Optional<Pid> process(TreeView part, String at, String path) {
        return at.equals(path)
                ? pid(part)
                : part.children().stream()
                        .flatMap(it -> process(it, at + "/" + it.id(), path).stream())
                        .findFirst();
    }

    /** Whether nobody is being started or stopped, and the code of the dead has come back. */
    boolean isAtRest() {
        return node.zombies().isEmpty()
                && view().map(Onlooker::isAtRest).orElse(node.processes() == 0);
    }

    private static boolean isAtRest(TreeView part) {
        return part.live()
                        .map(TreeView.Live::state)
                        .filter(it -> it == State.RUNNING || it == State.STOPPED)
                        .isPresent()
                && part.children().stream().allMatch(Onlooker::isAtRest);
    }

    /** How many processes would outlive the tree, which runs: no link ties them to it. */
    long untied() {
        var found = new HashSet<Pid>(Set.of(node.root().orElseThrow()));
        var open = new ArrayDeque<Pid>(found);
        while (!open.isEmpty()) {
            var info = node.info(open.remove());
            info.stream().flatMap(it -> it.links().stream()).filter(found::add).forEach(open::add);
        }
        return node.processes() - found.size();
    }

    // Who has ended

    /**
     * Somebody ended who was not killed: because of who was, perhaps, or because it was done.
     *
     * @param isAbnormal whether it failed
     */
    record Death(Member member, boolean isAbnormal) {}

    /** Of those who are no supervisors: their ends follow from others. */
    List<Death> deaths() {
        return events().stream()
                .flatMap(
                        event ->
                                reason(event).stream()
                                        .flatMap(reason -> death(event.path(), reason)))
                .toList();
    }

    /** With which somebody ended by itself, in its init or later. */
    private static Optional<ExitReason> reason(TreeEvent event) {
        return switch (event) {
            case TreeEvent.ChildExited it when !ExitReason.KILLED.equals(it.reason()) ->
                    Optional.of(it.reason());
            case TreeEvent.ChildNotStarted it when it.failure() instanceof InitTimeout ->
                    Optional.of(it.failure().reason());
            case TreeEvent.ChildNotStarted it
                    when !ExitReason.KILLED.equals(it.failure().reason()) ->
                    Optional.of(it.failure().reason());
            default -> Optional.empty();
        };
    }

    private Stream<Death> death(String path, ExitReason reason) {
        return root.all()
                .filter(it -> it.rules().isEmpty() && it.path().equals(path))
                .map(it -> new Death(it, reason.isAbnormal()));
    }

    /** The paths of those who have asked not to be started. */
    Set<String> ignored() {
        return events().stream()
                .filter(TreeEvent.ChildNotStarted.class::isInstance)
                .filter(it -> ((TreeEvent.ChildNotStarted) it).failure() instanceof Ignored)
                .map(TreeEvent::path)
                .collect(toSet());
    }

    /** The processes that have failed, and were not killed: in the middle of a stop as well. */
    Set<Pid> failed() {
        return events().stream().flatMap(event -> failed(event).stream()).collect(toSet());
    }

    private static Optional<Pid> failed(TreeEvent event) {
        return switch (event) {
            case TreeEvent.ChildExited it when isFailure(it.reason()) -> Optional.of(it.pid());
            case TreeEvent.ChildStopped it when isFailure(it.reason()) -> Optional.of(it.pid());
            default -> Optional.empty();
        };
    }

    private static boolean isFailure(ExitReason reason) {
        return reason.isAbnormal()
                && !ExitReason.KILLED.equals(reason)
                && !ExitReason.NO_PROCESS.equals(reason);
    }
}
