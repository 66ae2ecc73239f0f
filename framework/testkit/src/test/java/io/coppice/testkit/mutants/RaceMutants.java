package io.coppice.testkit.mutants;

import io.coppice.testkit.laws.Law;

import java.util.List;

/**
 * Broken kernels that show only when somebody is killed between two acts: they are tried under many
 * schedules. A schedule changes hands between acts and never within one, so what is broken within
 * an act (an unlink in one step, an acknowledgement of any id) is for the tests of the link
 * protocol, which try all orders of its signals.
 */
final class RaceMutants {

    private static final String MAILBOX = "io.coppice.internal.mailbox.Mailbox";

    private RaceMutants() {}

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
                        "failed start meets a later link",
                        "who links to one whose start has failed hears the exit of that start",
                        LinkMutants.onModel(Law.A_FAILED_START_IS_TOLD_ONCE),
                        "io.coppice.internal.run.Obituary",
                        "linksToTell().forEach",
                        "links.forEach"),
                Mutant.of(
                        "dropped without a fate",
                        "what waited for a process that has died is forgotten",
                        Law.NO_MESSAGE_WITHOUT_A_FATE.name(),
                        "io.coppice.internal.run.LocalProcess",
                        "node.lost(content, this, null, Dropped.RECEIVER_ENDED);",
                        ""),
                Mutant.of(
                        "taken back without a fate",
                        "an exit that is flushed is forgotten",
                        Law.NO_MESSAGE_WITHOUT_A_FATE.name(),
                        "io.coppice.internal.run.LocalProcess",
                        "node.tally().dropped(Dropped.TAKEN_BACK);",
                        ""));
    }
}
