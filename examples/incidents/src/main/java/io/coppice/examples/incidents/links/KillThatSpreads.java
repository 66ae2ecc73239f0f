package io.coppice.examples.incidents.links;

import static io.coppice.supervision.Child.worker;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.Exited;

import java.util.Map;
import java.util.stream.Stream;

/** A kill in the midst of a chain of links. */
public final class KillThatSpreads implements Incident {

    @Override
    public Story story() {
        return Story.of(
                        "kill-that-spreads",
                        "The peers of a killed process are killed, trapping or not")
                .from("L7")
                .elsewhere(
                        "The kill is passed on through links as what it is. Nobody can trap it, so"
                                + " a kill of one worker takes the supervisors above with it.")
                .here(
                        "A kill is a signal, \"killed\" is a reason: only the one aimed at cannot"
                                + " refuse. Its peers get an exit that can be trapped.");
    }

    private static Facts facts(long died, String heard) {
        return Facts.of("processes that die in worker - boss - chief", died)
                .and("what the boss hears, who traps exits", heard);
    }

    @Override
    public Facts right() {
        return facts(1, "killed");
    }

    @Override
    public Elsewhere elsewhere() {
        var links = Map.of("worker", "boss", "boss", "chief");
        long died = 0;
        for (var next = "worker"; next != null; next = links.get(next)) {
            died++; // A kill arrives: whether it traps is not asked. It is passed on.
        }
        return Elsewhere.reenacted(facts(died, "nothing"));
    }

    @Override
    public Facts here() throws InterruptedException {
        try (var node = Node.start()) {
            var worker = Puppet.start(node).trapping();
            var boss = Puppet.start(node).trapping();
            var chief = Puppet.start(node);
            boss.does(
                    context -> {
                        context.link(worker.pid());
                        context.link(chief.pid());
                        return true;
                    });
            node.kill(worker.pid());
            worker.end();
            var heard = (Exited) boss.hears();
            Wait.untilQuiet(node);
            long died =
                    Stream.of(worker, boss, chief).filter(it -> !node.isAlive(it.pid())).count();
            return facts(died, heard.reason().toString());
        }
    }
}
