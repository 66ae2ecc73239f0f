package io.coppice.supervision;

import io.coppice.actor.Node;
import io.coppice.process.Pid;
import io.coppice.supervision.TreeView.Live;
import io.coppice.supervision.TreeView.State;
import io.coppice.supervision.Work.Purpose;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together what the supervisors of a tree have published. */
final class LiveTree {

    /** There may be a hundred thousand, all alike. */
    private static final int MOST_DYNAMIC_CHILDREN = 10;

    private final Node node;

    LiveTree(Node node) {
        this.node = node;
    }

    Optional<TreeView> of(Pid root) {
        return published(root).map(state -> root(root, state));
    }

    private Optional<SupervisorState> published(Pid pid) {
        return Published.of(pid, node);
    }

    private TreeView root(Pid pid, SupervisorState state) {
        var name = state.rules().name().map(it -> "name " + it);
        var live = new Live(Optional.of(pid), state(state.phase()), 0);
        return supervisor(state.rules().id(), live, state, name.toJavaStream());
    }

    private TreeView supervisor(
            String id, Live live, SupervisorState state, Stream<String> remarks) {
        var slots = state.children().inOrder();
        int shown = state.rules().isDynamic() ? MOST_DYNAMIC_CHILDREN : slots.size();
        return new TreeView(
                id,
                ChildType.SUPERVISOR,
                Stream.concat(Remarks.asSupervisor(state), remarks).toList(),
                Optional.of(live),
                slots.take(shown).map(slot -> child(slot, state.phase())).toJavaList(),
                Math.max(0, slots.size() - shown));
    }

    private TreeView child(Slot slot, Phase phase) {
        var live = live(slot, phase);
        return live.pid()
                .flatMap(this::published)
                .map(
                        state ->
                                supervisor(
                                        slot.spec().id(),
                                        live,
                                        state,
                                        Remarks.asChild(slot.spec())))
                .orElseGet(() -> leaf(slot.spec(), live));
    }

    /** Or a supervisor that does not run. */
    private static TreeView leaf(ChildSpec<?> spec, Live live) {
        var remarks = Remarks.of(Part.root(spec));
        return new TreeView(spec.id(), spec.type(), remarks, Optional.of(live), List.of(), 0);
    }

    // What the supervisor is about tells more than the status of the child

    private static Live live(Slot slot, Phase phase) {
        int restarts = restarts(slot);
        return switch (phase) {
            case Phase.Starting it when it.child.place() == slot.place() ->
                    new Live(Optional.ofNullable(it.pid()), State.STARTING, restarts(it.child));
            case Phase.Stopping(var child, var rest) when child.place() == slot.place() ->
                    new Live(pid(child), State.STOPPING, restarts);
            case Phase.StoppingAll ending when slot.lastPid().flatMap(ending::child).isDefined() ->
                    new Live(pid(slot), State.STOPPING, restarts);
            default ->
                    switch (slot.state()) {
                        case RUNNING -> new Live(pid(slot), State.RUNNING, restarts);
                        case RESTARTING -> new Live(Optional.empty(), State.RESTARTING, restarts);
                        case STOPPED -> new Live(Optional.empty(), State.STOPPED, restarts);
                    };
        };
    }

    private static int restarts(Slot slot) {
        return Math.max(0, slot.incarnation() - 1);
    }

    private static Optional<Pid> pid(Slot running) {
        return Optional.of(running.pid());
    }

    private static State state(Phase phase) {
        return switch (phase) {
            case Phase.Serving() -> State.RUNNING;
            case Phase.Starting starting -> state(starting.rest.purpose());
            case Phase.Stopping(var child, var rest) -> state(rest.purpose());
            case Phase.StoppingAll ending -> State.STOPPING;
            case Phase.Over() -> State.STOPPED;
        };
    }

    private static State state(Purpose purpose) {
        return switch (purpose) {
            case Purpose.Boot() -> State.STARTING;
            case Purpose.End end -> State.STOPPING;
            case Purpose other -> State.RUNNING;
        };
    }
}
