package io.coppice.examples.incidents.shutdown;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Node;
import io.coppice.actor.ShutdownReport;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A stop that a hundred threads, and one of those to be stopped, ask for at once. */
public final class StoppedByMany implements Incident {

    private static final int CALLERS = 100;

    @Override
    public Story story() {
        return Story.of("stopped-by-many", "One who stops all from inside waits for himself")
                .from("M10")
                .elsewhere(
                        "stop() waits until no handler runs. Called by a handler it waits for that,"
                                + " which waits for it. Called twice, all is stopped twice.")
                .here(
                        "The first call decides, all get the same report. A process that calls it"
                                + " ends when its turn comes.");
    }

    private static Facts facts(boolean ends, long reports) {
        return Facts.of("a stop from inside comes to its end", ends)
                .and("stops made for 100 callers", reports);
    }

    @Override
    public Facts right() {
        return facts(true, 1);
    }

    @Override
    public Elsewhere elsewhere() {
        int handlersRunning = 1; // That which calls stop().
        int stops = 0;
        for (int caller = 0; caller < CALLERS; caller++) stops++;
        return Elsewhere.reenacted(facts(handlersRunning == 0, stops));
    }

    @Override
    public Facts here() throws InterruptedException {
        var node = Node.start();
        var reports = new CopyOnWriteArrayList<ShutdownReport>();
        var insider = Puppet.start(node);
        insider.tell(context -> context.node().stop(ofSeconds(10)));
        var callers =
                Stream.generate(
                                () ->
                                        Thread.startVirtualThread(
                                                () -> reports.add(node.stop(ofSeconds(10)))))
                        .limit(CALLERS)
                        .toList();
        for (var caller : callers) caller.join();
        var different = Collections.<ShutdownReport>newSetFromMap(new IdentityHashMap<>());
        different.addAll(reports);
        return facts(!node.isAlive(insider.pid()) && reports.size() == CALLERS, different.size());
    }
}
