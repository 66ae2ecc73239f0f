package io.coppice.examples.incidents.supervisors;

import static io.coppice.examples.incidents.stage.Victims.BOOM;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Restart.TRANSIENT;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.process.ExitReason;
import io.coppice.supervision.Child;
import io.coppice.supervision.TreeEvent;

import java.util.List;

/** A child that ends because it is done, and one that crashes. */
public final class RestartAfterNormal implements Incident {

    @Override
    public Story story() {
        return Story.of("restart-after-normal", "What is done is restarted, what crashed is not")
                .from("W, gap 8: spawn_supervised")
                .elsewhere(
                        "The supervising loop runs on the thread of the actor and catches nothing:"
                                + " a panic ends both. What it sees is a normal return, and that it"
                                + " takes for a failure.")
                .here(
                        "A crash is a reason, \"normal\" is another. A TRANSIENT child is restarted"
                                + " after the first and not after the second.");
    }

    private static Facts facts(long afterNormal, long afterCrash) {
        return Facts.of("restarts after a normal end", afterNormal)
                .and("restarts after a crash", afterCrash);
    }

    @Override
    public Facts right() {
        return facts(0, 1);
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reenacted(
                facts(
                        restarts(() -> {}),
                        restarts(
                                () -> {
                                    throw new IllegalStateException("boom");
                                })));
    }

    /** The loop of the broken scheme, which tries again once. */
    private static long restarts(Runnable actor) {
        int runs = 0;
        try {
            for (; runs < 2; runs++) actor.run();
        } catch (IllegalStateException panic) {
            // The loop is dead: there is nobody who could restart.
        }
        return Math.max(0, runs - 1);
    }

    @Override
    public Facts here() throws InterruptedException {
        var chronicle = new Chronicle();
        var tree =
                supervisor("jobs", ONE_FOR_ONE)
                        .listener(chronicle)
                        .children(job("done", NORMAL), job("crashed", BOOM));
        try (var node = Node.start(tree)) {
            for (var job : List.of("done", "crashed")) {
                Name<Object> name = Name.of(job);
                node.registry().ref(name).send("end");
            }
            chronicle.await(TreeEvent.ChildExited.class, 2);
            chronicle.await(TreeEvent.ChildStarted.class, 3);
            return facts(chronicle.restarts("done"), chronicle.restarts("crashed"));
        }
    }

    private static Child<Object> job(String id, ExitReason reason) {
        ActorFactory<Object> factory =
                context ->
                        message -> {
                            throw context.stop(reason);
                        };
        return worker(id, factory).name(Name.of(id)).restart(TRANSIENT);
    }
}
