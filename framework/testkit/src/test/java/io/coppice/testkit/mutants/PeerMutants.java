package io.coppice.testkit.mutants;

import static io.coppice.testkit.mutants.LinkMutants.mutant;
import static io.coppice.testkit.mutants.LinkMutants.onModel;

import io.coppice.testkit.laws.Law;

import java.util.List;

/** Kernels in which what one process hears of another is untrue, out of order, or missing. */
final class PeerMutants {

    private static final String SIGNALLED = "io.coppice.internal.run.Signalled";
    private static final String TIED = "io.coppice.internal.run.Tied";
    private static final String STARTER = "io.coppice.internal.run.Starter";

    private PeerMutants() {}

    static List<Mutant> all() {
        return List.of(
                mutant(
                        "link without protocol",
                        "each end is written into the other's table by hand, one after the other,"
                                + " and nobody answers for the dead: spawned, L1",
                        Law.A_LINK_TO_THE_DEAD_IS_ANSWERED_ONCE,
                        TIED,
                        "signal(self(), peer, new Signal.Link());",
                        "peer.lock(); try { peer.setLinks(Links.linkAsked(peer.links, this)); }"
                                + " finally { peer.unlock(); }"),
                mutant(
                        "the dead ended normally, says a link",
                        "who links to the dead hears that all went well: Quasar, L3",
                        Law.A_LINK_TO_THE_DEAD_IS_ANSWERED_ONCE,
                        SIGNALLED,
                        "case Signal.Link() -> new Signal.LinkExit(ExitReason.NO_PROCESS);",
                        "case Signal.Link() -> new Signal.LinkExit(ExitReason.NORMAL);"),
                mutant(
                        "the dead ended normally, says a monitor",
                        "who monitors the dead hears that all went well: Quasar, L11",
                        onModel(Law.MONITORS_FIRE_ONCE),
                        SIGNALLED,
                        "new Signal.Died(ref, ExitReason.NO_PROCESS);",
                        "new Signal.Died(ref, ExitReason.NORMAL);"),
                mutant(
                        "start without a deadline",
                        "an init that hangs is waited for, for ever: willow, W5",
                        Law.A_FAILED_START_IS_TOLD_ONCE,
                        STARTER,
                        "if (deadline.isPresent() && alarm == null) {",
                        "if (false) {"));
    }
}
