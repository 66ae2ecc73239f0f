package io.coppice.examples.incidents.mesh.kit;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.SpawnOptions;
import io.coppice.supervision.ChildSpec;
import io.coppice.supervision.ChildStart;
import io.coppice.supervision.Outcome;
import io.coppice.supervision.Supervisor;
import io.coppice.testkit.Simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Some peers with a wire between them, under a supervisor, in virtual time. */
public final class Mesh {

    /**
     * How a mesh is made.
     *
     * @param flaws what is wrong with all of them
     * @param of what is wrong with some
     * @param limit how many entries a peer may have
     * @param tap is shown all that is sent
     */
    public record Plan(
            List<String> nodes,
            Set<Flaw> flaws,
            Map<String, Set<Flaw>> of,
            int limit,
            Consumer<Frame> tap) {

        /** Peers with nothing wrong. */
        public static Plan of(String... nodes) {
            return new Plan(List.of(nodes), Set.of(), Map.of(), Integer.MAX_VALUE, frame -> {});
        }

        /** With {@code flaws} in all peers. */
        public Plan flawed(Flaw... flaws) {
            return new Plan(nodes, Set.of(flaws), of, limit, tap);
        }

        /** With {@code flaws} in {@code some}. */
        public Plan flawed(List<String> some, Flaw... flaws) {
            var all = new TreeMap<>(of);
            some.forEach(node -> all.put(node, Set.of(flaws)));
            return new Plan(nodes, this.flaws, all, limit, tap);
        }

        /** With room for {@code limit} entries in each peer. */
        public Plan limited(int limit) {
            return new Plan(nodes, flaws, of, limit, tap);
        }

        /** With {@code tap} on the wire. */
        public Plan tapped(Consumer<Frame> tap) {
            return new Plan(nodes, flaws, of, limit, tap);
        }

        /** Starts it, and lets the peers get to know each other. */
        public Mesh start(Simulation simulation) {
            return new Mesh(this, simulation).rounds(3);
        }

        private List<String> others(String node) {
            return nodes.stream().filter(it -> !it.equals(node)).toList();
        }
    }

    private static final Duration SOON = ofSeconds(1);

    private final Plan plan;
    private final Simulation simulation;
    private final Map<String, Shelf> shelves = new TreeMap<>();
    private final ActorRef<Supervisor.Message> root;

    private Mesh(Plan plan, Simulation simulation) {
        this.plan = plan;
        this.simulation = simulation;
        plan.nodes().forEach(node -> shelves.put(node, new Shelf()));
        var wire =
                worker("wire", (Context<Wire.Message> context) -> new Wire(context, plan.tap()))
                        .name(Wire.NAME);
        ChildSpec<?>[] children =
                Stream.concat(Stream.of(wire), plan.nodes().stream().map(this::child))
                        .toArray(ChildSpec<?>[]::new);
        var tree =
                supervisor("mesh", ONE_FOR_ONE).restarts(10_000, ofSeconds(1)).children(children);
        this.root = simulation.node().start(tree, SpawnOptions.defaults());
    }

    private ChildSpec<Peer.Message> child(String node) {
        var flaws = plan.of().getOrDefault(node, plan.flaws());
        return worker(
                        node,
                        (Context<Peer.Message> context) ->
                                new Peer(
                                        context,
                                        node,
                                        plan.others(node),
                                        plan.limit(),
                                        flaws,
                                        shelf(node),
                                        wire()))
                .name(name(node));
    }

    private static Name<Peer.Message> name(String node) {
        return Name.of("peer-" + node);
    }

    // Those who take part

    /** All nodes. */
    public List<String> nodes() {
        return plan.nodes();
    }

    /** What {@code node} has of its own. */
    public Shelf shelf(String node) {
        return requireNonNull(shelves.get(node), node);
    }

    /** The peer of {@code node}, in whichever life it is. */
    public ActorRef<Peer.Message> peer(String node) {
        return simulation.node().registry().ref(name(node));
    }

    /** The wire. */
    public ActorRef<Wire.Message> wire() {
        return simulation.node().registry().ref(Wire.NAME);
    }

    /** All that the peer of {@code node} knows. */
    public Replica look(String node) {
        return peer(node).call(Peer.Message.Look::new, SOON);
    }

    // What happens to them

    /** Time passes for so many rounds of gossip. */
    public Mesh rounds(int rounds) {
        return pass(Peer.ROUND.multipliedBy(rounds));
    }

    /** Time passes. */
    public Mesh pass(Duration time) {
        simulation.advance(time);
        simulation.settle();
        return this;
    }

    /** {@code node} has a worker, and its peer is notified. */
    public Mesh put(String node, String key, Spec spec) {
        shelf(node).put(key, Registration.of(spec));
        return notify(node, key);
    }

    /** {@code node} has a worker no more, and its peer is notified. */
    public Mesh remove(String node, String key) {
        shelf(node).remove(key);
        return notify(node, key);
    }

    /** The peer of {@code node} is notified. */
    public Mesh notify(String node, String key) {
        peer(node).send(new Peer.Message.Noticed(key));
        simulation.settle();
        return this;
    }

    /** From now on nothing passes between {@code side} and the others. */
    public Mesh part(String... side) {
        wire().send(new Wire.Message.Part(Set.of(side)));
        simulation.settle();
        return this;
    }

    /** All can hear each other again. */
    public Mesh heal() {
        return part();
    }

    /** The weather between them changes. */
    public Mesh weather(Wire.Weather weather) {
        wire().send(new Wire.Message.Change(weather));
        simulation.settle();
        return this;
    }

    /** The peer of {@code node} crashes, and its supervisor starts the next life. */
    public Mesh crash(String node) {
        simulation.node().kill(peer(node).pid());
        simulation.settle();
        return this;
    }

    /** The peer of {@code node} is stopped for good. */
    public Mesh stop(String node) {
        root.<Outcome>call(replyTo -> new Supervisor.Message.TerminateChild(node, replyTo), SOON);
        simulation.settle();
        return this;
    }

    /** One that was stopped is back. */
    public Mesh restart(String node) {
        root.<ChildStart<?>>call(
                replyTo -> new Supervisor.Message.RestartChild(node, replyTo), SOON);
        simulation.settle();
        return this;
    }

    /** Somebody who must know says to all that {@code life} is over. */
    public Mesh declareDead(Owner life) {
        nodes().stream()
                .filter(node -> !node.equals(life.node()))
                .forEach(node -> peer(node).send(new Peer.Message.Died(life)));
        simulation.settle();
        return this;
    }
}
