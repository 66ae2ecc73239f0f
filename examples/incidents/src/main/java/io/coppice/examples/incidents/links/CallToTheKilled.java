package io.coppice.examples.incidents.links;

import static java.time.Duration.ofMinutes;

import io.coppice.actor.CalleeEnded;
import io.coppice.actor.Node;
import io.coppice.actor.ReplyTo;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A call whose answer somebody keeps in his pocket, and is killed. */
public final class CallToTheKilled implements Incident {

    @Override
    public Story story() {
        return Story.of("call-to-the-killed", "A caller waits for one who is dead")
                .from("L12; spawned: a call fails only when its reply handle is dropped")
                .elsewhere(
                        "A call ends when the handle for its answer is thrown away. If something"
                                + " keeps that, a list for example, the caller waits for ever.")
                .here(
                        "Calls to a process fail as a part of its death, with its reason, whoever"
                                + " holds the handle.");
    }

    private static Facts facts(String told) {
        return Facts.of("what the caller is told", told);
    }

    @Override
    public Facts right() {
        return facts("killed");
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reported(facts("nothing"));
    }

    @Override
    public Facts here() throws InterruptedException {
        var pending = new LinkedBlockingQueue<ReplyTo<String>>();
        try (var node = Node.start()) {
            var callee = node.<ReplyTo<String>>start(context -> pending::add);
            var told = new CompletableFuture<String>();
            var puppet = Puppet.start(node);
            puppet.tell(
                    context -> {
                        try {
                            told.complete(callee.<String>call(replyTo -> replyTo, ofMinutes(1)));
                        } catch (CalleeEnded ended) {
                            told.complete(ended.reason().toString());
                        }
                    });
            Wait.next(pending);
            node.kill(callee.pid());
            return facts(Wait.of(told));
        }
    }
}
