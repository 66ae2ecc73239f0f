package io.coppice.examples.incidents.log;

import io.coppice.examples.incidents.log.kit.Frame;
import io.coppice.examples.incidents.log.kit.Key;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.process.ExitReason;
import io.coppice.testkit.Simulation;

import java.util.List;

/** A peer whose request fails on something that is none of its business. */
public final class ErrorToldToThePeer implements Incident {

    private static final Key KEY = new Key("worker", 1);
    private static final String SECRET = "cannot reach jdbc:ledger://vault-7/accounts as admin";
    private static final List<String> WORDS =
            List.of("IllegalStateException", "jdbc", "vault-7", "admin", "at io.coppice");

    @Override
    public Story story() {
        return Story.of("error-told-to-the-peer", "Internal errors are told to the peer")
                .from("R18")
                .elsewhere(
                        "Whatever is thrown is sent to the peer as text: names of classes, hosts"
                                + " and users.")
                .here(
                        "What a process throws is its exit reason: links, monitors, the supervisor"
                                + " and the log get it whole. The peer is no process here; what it"
                                + " gets is what stopped(reason) sends it, and that (log.kit) is a"
                                + " code and the number under which the log has the rest.");
    }

    private static Facts facts(long words, String code, boolean logged) {
        return Facts.of("words from inside that reach the peer, of 5", words)
                .and("the code that it is told", code)
                .and("this side is told all, under the peer's number", logged);
    }

    @Override
    public Facts right() {
        return facts(0, "INTERNAL", true);
    }

    @Override
    public Elsewhere elsewhere() {
        var thrown = new IllegalStateException(SECRET);
        var told = thrown + "\n\tat " + getClass().getName();
        return Elsewhere.reenacted(facts(words(told), "none", false));
    }

    private static long words(String told) {
        return WORDS.stream().filter(told::contains).count();
    }

    @Override
    public Facts here() {
        return Tries.once(ErrorToldToThePeer::run);
    }

    private static Facts run(Simulation simulation) {
        var thrown = new IllegalStateException(SECRET);
        var visitor =
                Visitor.to(
                        simulation,
                        frame -> {
                            throw thrown;
                        });
        var end = simulation.node().ended(visitor.door());
        visitor.says(1, new Frame.Hello(KEY, 1, 1)).says(1, new Frame.Ack(KEY, 1));
        simulation.settle();
        var failed =
                visitor.told().stream()
                        .filter(Frame.Failed.class::isInstance)
                        .map(Frame.Failed.class::cast)
                        .toList();
        boolean whole = simulation.await(end).equals(ExitReason.crashed(thrown));
        boolean found = failed.stream().allMatch(it -> it.reference() == visitor.door().number());
        return facts(
                words(visitor.toldAsText()),
                failed.isEmpty() ? "none" : failed.getFirst().code().name(),
                whole && found);
    }
}
