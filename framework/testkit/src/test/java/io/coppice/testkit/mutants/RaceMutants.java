package io.coppice.testkit.mutants;

import io.coppice.testkit.laws.Law;

import java.util.List;
import java.util.stream.Stream;

/**
 * Broken kernels that show only when somebody is killed between two acts: they are tried under many
 * schedules. A schedule changes hands between acts and never within one, so what is broken within
 * an act (an unlink in one step, an acknowledgement of any id) is for the tests of the link
 * protocol, which try all orders of its signals.
 */
final class RaceMutants {

    private static final String PROCESS = "io.coppice.internal.run.LocalProcess";
    private static final String TIED = "io.coppice.internal.run.Tied";
    private static final String MAILBOX = "io.coppice.internal.mailbox.Mailbox";

    private RaceMutants() {}

    /** Scripts to begin with: few of those made by lot have what these bugs need. */
    static Stream<String> scripts() {
        return Stream.of(
                "a: trap on; start k; link k\nk: crash x\n",
                "a: trap on; link b; send c m1; unlink b flush\nb: stop x\nc: rest\n");
    }

    static List<Mutant> all() {
        return List.of(
                Mutant.of(
                        "the dead may send",
                        "a message of a process that has died is heard after its death",
                        Law.THE_ORDER_OF_A_PAIR_IS_KEPT.name(),
                        MAILBOX,
                        "if (sender != null && sender.isDead()) {",
                        "if (false) {"),
                Mutant.of(
                                "child of a dead parent",
                                "nobody looks whether a parent is dead: spawned, L4",
                                Law.NO_ORPHANS.name(),
                                TIED,
                                "requireAlive();\n            if (linked) {",
                                "if (linked) {")
                        .and(
                                "io.coppice.internal.run.ProcessContext",
                                "alive() {\n        me.requireAlive();",
                                "alive() {"),
                Mutant.of(
                        "failed start meets a later link",
                        "who links to one whose start has failed hears the exit of that start",
                        LinkMutants.onModel(Law.A_FAILED_START_IS_TOLD_ONCE),
                        "io.coppice.internal.run.Obituary",
                        "tellPeers(linksToTell(), caused)",
                        "tellPeers(links, caused)"),
                Mutant.of(
                        "dropped without a fate",
                        "what waited for a process that has died is forgotten",
                        Law.NO_MESSAGE_WITHOUT_A_FATE.name(),
                        PROCESS,
                        "node.lost(content, this, null, Dropped.RECEIVER_ENDED);",
                        ""),
                Mutant.of(
                        "taken back without a fate",
                        "an exit that is flushed is forgotten",
                        Law.NO_MESSAGE_WITHOUT_A_FATE.name(),
                        PROCESS,
                        "node.tally().dropped(Dropped.TAKEN_BACK);",
                        ""));
    }
}
