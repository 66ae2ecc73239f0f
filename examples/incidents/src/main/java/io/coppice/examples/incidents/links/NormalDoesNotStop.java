package io.coppice.examples.incidents.links;

import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.SHUTDOWN;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;

/** An exit signal "normal" to somebody else. */
public final class NormalDoesNotStop implements Incident {

    @Override
    public Story story() {
        return Story.of("normal-does-not-stop", "Asked to stop, a process goes on")
                .from("L8; gleam_otp#65")
                .elsewhere(
                        "Somebody is to be stopped by an exit signal with the reason \"normal\"."
                            + " One that does not trap exits ignores it, and nothing tells why.")
                .here(
                        "\"Normal\" of another is ignored here too, as in Erlang. What stops"
                                + " somebody is \"shutdown\" or a kill; that is what all in Coppice"
                                + " that stops a process uses.");
    }

    private static Facts facts(boolean stops, boolean byNormal, boolean byItself) {
        return Facts.of("stopped by the way made for it", stops)
                .and("by \"normal\" of another", byNormal)
                .and("by \"normal\" to itself", byItself);
    }

    @Override
    public Facts right() {
        return facts(true, false, true);
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reported(facts(false, false, true));
    }

    @Override
    public Facts here() throws InterruptedException {
        try (var node = Node.start()) {
            var ann = Puppet.start(node);
            var bob = Puppet.start(node);
            node.exit(ann.pid(), NORMAL);
            ann.heard();
            boolean byNormal = !node.isAlive(ann.pid());
            node.exit(ann.pid(), SHUTDOWN);
            var annsEnd = ann.end();
            bob.tell(
                    context -> {
                        context.exit(context.self().pid(), NORMAL);
                    });
            return facts(annsEnd.equals(SHUTDOWN), byNormal, bob.end().equals(NORMAL));
        }
    }
}
