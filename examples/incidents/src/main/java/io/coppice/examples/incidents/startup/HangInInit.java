package io.coppice.examples.incidents.startup;

import static java.time.Duration.ofMillis;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartFailure;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.concurrent.CountDownLatch;

/** A child whose init never returns. */
public final class HangInInit implements Incident {

    @Override
    public Story story() {
        return Story.of(
                        "hang-in-init",
                        "A child that hangs in its init is waited for, or left behind")
                .from("W5, W, gap 4; gleam_otp before 0.16.0")
                .elsewhere(
                        "Without a deadline nobody is told. With one, the start fails and the child"
                                + " stays: alive, half started, linked to its parent.")
                .here(
                        "Init has a deadline, 30 s if nothing else is said. When it is over, the"
                                + " child is killed and unlinked, and the start fails with"
                                + " InitTimeout.");
    }

    private static Facts facts(long left, String told, long exits) {
        return Facts.of("half started processes left", left)
                .and("what the parent is told", told)
                .and("exits that it hears later", exits);
    }

    @Override
    public Facts right() {
        return facts(0, "InitTimeout", 0);
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reported(facts(1, "InitTimeout", 1));
    }

    @Override
    public Facts here() throws InterruptedException {
        var never = new CountDownLatch(1);
        ActorFactory<Object> hangs =
                context -> {
                    never.await();
                    return message -> {};
                };
        var options = SpawnOptions.<Object>defaults().withInitDeadline(ofMillis(20));
        try (var node = Node.start()) {
            var parent = Puppet.start(node).trapping();
            var told =
                    parent.does(
                            context -> {
                                try {
                                    return context.startLinked(hangs, options).toString();
                                } catch (StartFailure failure) {
                                    return failure.getClass().getSimpleName();
                                }
                            });
            Wait.until(() -> node.processes() == 1);
            Wait.untilQuiet(node);
            long exits = parent.heard().size();
            return facts(node.processes() - 1, told, exits);
        }
    }
}
