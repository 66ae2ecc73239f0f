package io.coppice.examples.incidents.links;

import static io.coppice.examples.incidents.stage.Victims.DIES_AT_ONCE;
import static io.coppice.process.ExitReason.NORMAL;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.Down;
import io.coppice.process.MonitorRef;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** A monitor raced against the death of its target. */
public final class ReasonReadTooEarly implements Incident {

    private static final int ROUNDS = 10_000;

    @Override
    public Story story() {
        return Story.of("reason-read-too-early", "A crash is told as a normal end")
                .from("L2, L11; Quasar: addLifecycleListener")
                .elsewhere(
                        "The reason is read first, then the listener is added, then it is told if"
                                + " the actor is done by now. If that died in between, the listener"
                                + " hears of it twice, once with the reason of the living: none.")
                .here(
                        "A monitor is answered by the target alone, with the true reason or with"
                                + " \"no process\"; never with \"normal\" for a crash.");
    }

    private static Facts facts(long toldAsNormal, long mostNews) {
        return Facts.of("crashes told as a normal end", toldAsNormal)
                .and("most news from one monitor", mostNews);
    }

    @Override
    public Facts right() {
        return facts(0, 1);
    }

    @Override
    public Elsewhere elsewhere() {
        List<Optional<String>> told = new ArrayList<>();
        Optional<String> reason = Optional.empty(); // Read: it is still alive.
        told.add(Optional.of("boom")); // It is added; the target dies, and tells its listeners.
        boolean isDone = true;
        if (isDone) told.add(reason); // It looks whether it came too late.
        long normal = told.stream().filter(Optional::isEmpty).count();
        return Elsewhere.reenacted(facts(normal, told.size()));
    }

    @Override
    public Facts here() throws InterruptedException {
        try (var node = Node.start()) {
            var ann = Puppet.start(node);
            ann.does(
                    context -> {
                        for (int round = 0; round < ROUNDS; round++) {
                            context.monitor(context.spawn(DIES_AT_ONCE).pid(), down -> down);
                        }
                        return true;
                    });
            Wait.untilQuiet(node);
            return count(ann.heard().stream().map(Down.class::cast).toList());
        }
    }

    private static Facts count(List<Down> news) {
        var perMonitor = new HashMap<MonitorRef, Integer>();
        news.forEach(down -> perMonitor.merge(down.monitor(), 1, Integer::sum));
        if (perMonitor.size() < ROUNDS) return facts(0, 0);
        long normal = news.stream().filter(down -> down.reason().equals(NORMAL)).count();
        return facts(normal, Collections.max(perMonitor.values()));
    }
}
