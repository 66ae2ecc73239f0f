package io.coppice.examples.incidents.supervisors;

import static io.coppice.examples.incidents.stage.Trees.idle;
import static io.coppice.examples.incidents.stage.Trees.pid;
import static io.coppice.examples.incidents.stage.Victims.BOOM;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.util.stream.Collectors.joining;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Trees;
import io.coppice.supervision.ChildInfo;
import io.coppice.supervision.ChildStart;
import io.coppice.supervision.ChildStatus;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.TreeEvent;

import java.util.ArrayList;
import java.util.List;

/** ONE_FOR_ALL, with a child that was added at run time. */
public final class DynamicChildForgotten implements Incident {

    @Override
    public Story story() {
        return Story.of(
                        "dynamic-child-forgotten",
                        "A child added at run time is missing after a restart of all")
                .from("elle#1215")
                .elsewhere(
                        "The restart of the group looks its children up in the list with which the"
                                + " supervisor was started. One that came later is not in it.")
                .here(
                        "There is one list. A child that was added is the last in it, and takes"
                                + " part in all strategies.");
    }

    private static Facts facts(String running) {
        return Facts.of("children after the added one has failed", running);
    }

    @Override
    public Facts right() {
        return facts("steady, added");
    }

    @Override
    public Elsewhere elsewhere() {
        var childrenAtStart = List.of("steady");
        var order = new ArrayList<>(childrenAtStart);
        order.add("added"); // start_child
        return Elsewhere.reenacted(
                facts(order.stream().filter(childrenAtStart::contains).collect(joining(", "))));
    }

    @Override
    public Facts here() throws InterruptedException {
        var chronicle = new Chronicle();
        var tree = supervisor("all", ONE_FOR_ALL).listener(chronicle).children(idle("steady"));
        try (var node = Node.start()) {
            var all = Trees.start(node, tree);
            Trees.<Supervisor.Message, ChildStart<Object>>ask(
                    all, replyTo -> new Supervisor.Message.StartChild<>(idle("added"), replyTo));
            node.exit(pid(node, "added"), BOOM);
            chronicle.await(TreeEvent.ChildStarted.class, 4);
            return facts(running(all));
        }
    }

    /** In the order in which they were started; a supervisor lists the newest first. */
    private static String running(ActorRef<Supervisor.Message> all) {
        return Trees.ask(all, Supervisor.Message.WhichChildren::new).reversed().stream()
                .filter(child -> child.status() instanceof ChildStatus.Running)
                .map(ChildInfo::id)
                .collect(joining(", "));
    }
}
