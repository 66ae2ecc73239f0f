package io.coppice.examples.incidents.stage;

import static io.coppice.supervision.Child.worker;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.Pid;
import io.coppice.supervision.Child;
import io.coppice.supervision.Supervisor;

import java.util.function.Function;

/** Trees whose children are found by their ids. */
public final class Trees {

    private Trees() {}

    /** A child that does nothing, whose name is its id. */
    public static Child<Object> idle(String id) {
        return worker(id, Victims.IDLE).name(Name.of(id));
    }

    /** Starts {@code tree} on {@code node}, and waits for its init. */
    public static ActorRef<Supervisor.Message> start(Node node, Supervisor tree) {
        return node.start(tree, SpawnOptions.defaults());
    }

    /** Whoever has the name {@code id}, once there is one. */
    public static Pid pid(Node node, String id) {
        Name<Object> name = Name.of(id);
        Wait.until(() -> node.registry().lookup(name).isPresent());
        return node.registry().lookup(name).orElseThrow().pid();
    }

    /** Asks a process, and waits for its answer. */
    public static <M, R> R ask(ActorRef<M> whom, Function<ReplyTo<R>, ? extends M> request) {
        return whom.call(request, ofSeconds(10));
    }
}
