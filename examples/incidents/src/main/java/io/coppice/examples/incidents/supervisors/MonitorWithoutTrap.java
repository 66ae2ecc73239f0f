package io.coppice.examples.incidents.supervisors;

import static io.coppice.examples.incidents.stage.Trees.idle;
import static io.coppice.examples.incidents.stage.Trees.pid;
import static io.coppice.examples.incidents.stage.Victims.BOOM;
import static io.coppice.examples.incidents.stage.Victims.DIES_AT_ONCE;
import static io.coppice.examples.incidents.stage.Victims.IDLE;
import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.PartitionSupervisor.partitionSupervisor;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Trees;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.Down;
import io.coppice.supervision.ChildStart;
import io.coppice.supervision.DynamicSupervisor;
import io.coppice.supervision.TreeEvent;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Supervisors of every kind, whose child crashes. */
public final class MonitorWithoutTrap implements Incident {

    @Override
    public Story story() {
        return Story.of(
                        "monitor-without-trap",
                        "A supervisor dies with the child that it should restart")
                .from("Fable.Actor Reactive#32: the supervisor forgot to trap exits")
                .elsewhere(
                        "The supervisor monitors its children and links to them, and does not trap"
                                + " exits. The link ends it before the monitor is heard.")
                .here("Supervisors of every kind trap exits, before their first child is started.");
    }

    private static Facts facts(long died, long restarts) {
        return Facts.of("supervisors that die with a child", died)
                .and("children restarted", restarts);
    }

    @Override
    public Facts right() {
        return facts(0, 5);
    }

    @Override
    public Elsewhere elsewhere() {
        // The broken supervisor, five times, on Coppice's own links.
        try (var node = Node.start()) {
            var supervisors =
                    Stream.generate(() -> node.spawn(MonitorWithoutTrap::broken)).limit(5).toList();
            Wait.untilQuiet(node);
            long died = supervisors.stream().filter(it -> !node.isAlive(it.pid())).count();
            return Elsewhere.reenacted(facts(died, 0));
        }
    }

    private static Actor<Down> broken(Context<Down> context) {
        context.spawnLinkedAndMonitored(DIES_AT_ONCE, SpawnOptions.defaults(), down -> down);
        return down -> context.spawnLinked(IDLE);
    }

    @Override
    public Facts here() throws InterruptedException {
        var chronicle = new Chronicle();
        var sessions = dynamicSupervisor("sessions", each("session", MonitorWithoutTrap::session));
        Name<DynamicSupervisor.Message<Integer, Object>> name = Name.of("sessions");
        var shards = partitionSupervisor("shards", 1, each("shard", MonitorWithoutTrap::session));
        var tree =
                supervisor("kinds", ONE_FOR_ONE)
                        .listener(chronicle)
                        .children(
                                supervisor("one", ONE_FOR_ONE).children(idle("a")),
                                supervisor("all", ONE_FOR_ALL).children(idle("b")),
                                supervisor("rest", REST_FOR_ONE).children(idle("c")),
                                sessions.name(name),
                                shards);
        try (var node = Node.start(tree)) {
            ChildStart<Object> session =
                    Trees.ask(
                            node.registry().ref(name),
                            replyTo -> new DynamicSupervisor.Message.StartChild<>(1, replyTo));
            for (var child : List.of("a", "b", "c", "shards/shard-0")) {
                node.exit(pid(node, child), BOOM);
            }
            node.exit(((ChildStart.Started<Object>) session).child().pid(), BOOM);
            chronicle.await(TreeEvent.ChildStarted.class, 15);
            long restarts =
                    chronicle.all(TreeEvent.ChildStarted.class).stream()
                            .filter(it -> it.incarnation() > 1)
                            .count();
            return facts(supervisorsThatEnded(chronicle), restarts);
        }
    }

    private static long supervisorsThatEnded(Chronicle chronicle) {
        return chronicle.all(TreeEvent.ChildExited.class).stream()
                .filter(
                        it ->
                                Set.of("one", "all", "rest", "sessions", "shards")
                                        .contains(it.child()))
                .count();
    }

    private static Actor<Object> session(Context<Object> context, Integer argument) {
        return message -> {};
    }
}
