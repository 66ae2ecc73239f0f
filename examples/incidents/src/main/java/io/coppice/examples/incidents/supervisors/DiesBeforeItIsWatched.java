package io.coppice.examples.incidents.supervisors;

import static io.coppice.examples.incidents.stage.Trees.pid;
import static io.coppice.examples.incidents.stage.Victims.BOOM;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Node;
import io.coppice.actor.Program;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Trees;
import io.coppice.process.Pid;
import io.coppice.supervision.ChildStatus;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.TreeEvent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A child that dies at once, again and again. */
public final class DiesBeforeItIsWatched implements Incident {

    private static final int CRASHES = 3;

    @Override
    public Story story() {
        return Story.of(
                        "dies-before-it-is-watched",
                        "A child that dies at once is listed for ever and never restarted")
                .from("L4, L11; elle#1210")
                .elsewhere(
                        "spawn_link and monitor are two steps. The child dies between them; the"
                            + " monitor of a dead process never fires, and the exit is ignored.")
                .here(
                        "A child is linked before it first runs, and a monitor of the dead fires."
                                + " One that dies at once is restarted like any other.");
    }

    private static Facts facts(long restarts, boolean alive) {
        return Facts.of("restarts of a child that dies 3 times", restarts)
                .and("what is listed is alive", alive);
    }

    @Override
    public Facts right() {
        return facts(CRASHES, true);
    }

    @Override
    public Elsewhere elsewhere() {
        Set<String> alive = new HashSet<>(Set.of("child"));
        Map<String, Integer> monitors = new HashMap<>();
        int restarts = 0;
        alive.remove("child"); // spawn_link: it runs, and dies.
        restarts += monitors.getOrDefault("child", 0); // Its death is told to its monitors: none.
        monitors.put("child", 1); // monitor: of one that is dead.
        return Elsewhere.reenacted(facts(restarts, alive.contains("child")));
    }

    @Override
    public Facts here() throws InterruptedException {
        var chronicle = new Chronicle();
        var starts = new AtomicInteger();
        Program<Object> diesAtOnce =
                (context, inbox) -> {
                    context.started();
                    if (starts.incrementAndGet() <= CRASHES) throw context.stop(BOOM);
                    inbox.take();
                };
        var tree =
                supervisor("sup", ONE_FOR_ONE)
                        .restarts(CRASHES, ofSeconds(5))
                        .listener(chronicle)
                        .children(worker("bad", diesAtOnce));
        try (var node = Node.start()) {
            var sup = Trees.start(node, tree);
            chronicle.await(TreeEvent.ChildStarted.class, CRASHES + 1);
            var listed = Trees.ask(sup, Supervisor.Message.WhichChildren::new).getFirst().status();
            boolean alive = listed instanceof ChildStatus.Running(Pid pid) && node.isAlive(pid);
            return facts(chronicle.restarts("bad"), alive);
        }
    }
}
