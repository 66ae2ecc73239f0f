package io.coppice.examples.kv.server;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Restart.TEMPORARY;
import static io.coppice.supervision.ShutdownMode.within;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Program;
import io.coppice.supervision.ChildFactory;
import io.coppice.supervision.ChildSpec;
import io.coppice.supervision.DynamicSupervisor;
import io.coppice.supervision.Supervisor;

import java.util.Set;
import java.util.stream.IntStream;

/**
 * The tree of the server.
 *
 * <pre>
 * kv                ONE_FOR_ONE
 * ├── store         ONE_FOR_ONE    the data
 * │   ├── shard-0
 * │   └── ...
 * ├── front         REST_FOR_ONE   the clients
 * │   ├── connections              one for each client, of its own kind
 * │   └── listener
 * └── chaos                        only if asked for
 * </pre>
 */
final class KvTree {

    static final Name<Supervisor.Message> STORE = Name.of("store");
    static final Name<Supervisor.Message> FRONT = Name.of("front");
    static final Name<DynamicSupervisor.Message<Visitor, Connection.Message>> CONNECTIONS =
            Name.of("connections");
    static final Name<Listener.Message> LISTENER = Name.of("listener");
    static final Name<Chaos.Message> CHAOS = Name.of("chaos");

    /** The path of every connection. */
    static final String EACH_CONNECTION = "kv/front/connections/connection";

    private final Premises premises;
    private final int budget;

    private KvTree(Premises premises, double killsPerSecond) {
        this.premises = premises;
        // One kill may cost a supervisor a few restarts; without chaos ten in 5 s mean trouble.
        this.budget = 10 + (int) Math.ceil(20 * killsPerSecond);
    }

    /** The tree, with something in it that kills the rest if it is to. */
    static Supervisor of(
            Premises premises,
            Census census,
            ChaosLog chaosLog,
            double killsPerSecond,
            Set<ChaosKind> kinds) {
        var tree = new KvTree(premises, killsPerSecond);
        var kv = supervisor("kv", ONE_FOR_ONE).restarts(tree.budget, ofSeconds(5)).listener(census);
        if (killsPerSecond == 0 || kinds.isEmpty()) {
            return kv.children(tree.store(), tree.front());
        }
        ActorFactory<Chaos.Message> chaos =
                context -> new Chaos(context, chaosLog, killsPerSecond, kinds, premises.shards());
        return kv.children(tree.store(), tree.front(), worker("chaos", chaos).name(CHAOS));
    }

    private ChildSpec<?> store() {
        var shards =
                IntStream.range(0, premises.shards())
                        .mapToObj(this::shard)
                        .toArray(ChildSpec<?>[]::new);
        return supervisor("store", ONE_FOR_ONE)
                .name(STORE)
                .restarts(budget, ofSeconds(5))
                .children(shards);
    }

    private ChildSpec<?> shard(int number) {
        Program<Shard.Message> shard =
                (context, inbox) -> new Shard(number, premises).run(context, inbox);
        return worker(Shard.id(number), shard).name(Shard.name(number));
    }

    private ChildSpec<?> front() {
        ChildFactory<Visitor, Connection.Message> connection =
                (context, visitor) -> new Connection(context, visitor, premises);
        ActorFactory<Listener.Message> listener = context -> new Listener(context, premises);
        return supervisor("front", REST_FOR_ONE)
                .name(FRONT)
                .restarts(budget, ofSeconds(5))
                .children(
                        dynamicSupervisor(
                                        "connections",
                                        each("connection", connection)
                                                .restart(TEMPORARY)
                                                .shutdown(within(ofSeconds(2))))
                                .name(CONNECTIONS),
                        worker("listener", listener).name(LISTENER));
    }
}
