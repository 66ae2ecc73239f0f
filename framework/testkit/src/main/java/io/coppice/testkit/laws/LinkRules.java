package io.coppice.testkit.laws;

import io.coppice.process.ExitReason;
import io.coppice.testkit.laws.Ruling.Court;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Heard;

import java.util.Optional;

/** The laws of links. */
final class LinkRules {

    private LinkRules() {}

    static Ruling twoEnds(Evidence evidence) {
        var court = new Court();
        for (var one : evidence.living()) {
            for (var other : evidence.linksOf(one)) {
                court.require(evidence.lives(other), "%s is linked to %s, who is dead", one, other);
                court.require(
                        !evidence.lives(other) || evidence.linksOf(other).contains(one),
                        "%s is linked to %s, and %s does not know of it",
                        one,
                        other,
                        other);
            }
        }
        return court.rule();
    }

    static Ruling oneExitPerLink(Evidence evidence) {
        var court = new Court();
        for (var witness : evidence.witnesses()) {
            for (var peer : evidence.processes()) {
                if (!peer.equals(witness) && !evidence.sendsExit(peer, witness)) {
                    oneExitPerLink(evidence, witness, peer, court);
                }
            }
        }
        return court.rule();
    }

    private static void oneExitPerLink(
            Evidence evidence, String witness, String peer, Court court) {
        long own = linksMade(evidence, witness, peer);
        boolean others = evidence.links(peer, witness) || evidence.isBornLinked(witness, peer);
        long heard = evidence.heard(witness, peer);
        if (!evidence.hasEnded(peer)) {
            court.require(heard == 0, "%s heard an exit of %s, who lives", witness, peer);
        } else if (own > 0 || others) {
            court.require(
                    heard <= own + (others ? 1 : 0),
                    "%s heard %d exits of %s, and made %d links",
                    witness,
                    heard,
                    peer,
                    own);
            court.require(
                    heard > 0 || own == 0 || evidence.mayUnlink(witness, peer),
                    "%s was linked to %s, and did not hear its exit",
                    witness,
                    peer);
        }
    }

    /** How many links to {@code peer} the process has made; twice in a row may be two. */
    private static long linksMade(Evidence evidence, String who, String peer) {
        boolean isParent =
                evidence.hasEnded(peer)
                        && evidence.isBornLinked(peer, who)
                        && !wasLeftOut(evidence, who, peer);
        return evidence.done(who, new Act.Link(peer)) + (isParent ? 1 : 0);
    }

    private static boolean wasLeftOut(Evidence evidence, String parent, String child) {
        return evidence.count(
                        parent,
                        entry ->
                                entry instanceof Did(var act, var result)
                                        && Evidence.isBirth(act, child, true)
                                        && !result.equals("ok"))
                > 0;
    }

    static Ruling linkToTheDead(Evidence evidence) {
        var court = new Court();
        for (var who : evidence.living()) {
            for (var peer : evidence.dead()) {
                long made = evidence.done(who, new Act.Link(peer));
                if (made > 0
                        && !evidence.links(/* who= */ peer, who)
                        && diedBefore(evidence, peer, who)) {
                    linkToTheDead(evidence, who, peer, made, court);
                }
            }
        }
        return court.rule();
    }

    /** Whether {@code peer} ended in a phase before the first in which {@code who} links. */
    private static boolean diedBefore(Evidence evidence, String peer, String who) {
        var phases = evidence.script().phases();
        for (var phase : phases) {
            if (phase.of(who).contains(new Act.Link(peer))) {
                return false;
            }
            boolean ends =
                    phase.of(peer).stream().anyMatch(Act.Stop.class::isInstance)
                            || evidence.living().stream()
                                    .anyMatch(k -> phase.of(k).contains(new Act.Kill(peer)));
            if (ends) {
                return true;
            }
        }
        return false;
    }

    private static void linkToTheDead(
            Evidence evidence, String who, String peer, long made, Court court) {
        boolean traps = evidence.alwaysTraps(who);
        long refused =
                evidence.count(who, entry -> entry.equals(new Did(new Act.Link(peer), "noproc")));
        long nobody =
                evidence.count(who, entry -> entry.equals(new Heard(peer, ExitReason.NO_PROCESS)));
        court.require(
                refused == (traps ? 0 : made),
                "%s, %s, linked to the dead %s %d times and was refused %d times",
                who,
                traps ? "trapping" : "not trapping",
                peer,
                made,
                refused);
        court.require(
                traps ? nobody > 0 && nobody <= made : nobody == 0,
                "%s linked to the dead %s %d times and heard %d exits",
                who,
                peer,
                made,
                nobody);
        court.require(
                !evidence.linksOf(who).contains(peer), "%s is linked to the dead %s", who, peer);
    }

    static Ruling silence(Evidence evidence) {
        var court = new Court();
        for (var witness : evidence.witnesses()) {
            for (var peer : evidence.dead()) {
                if (!evidence.sendsExit(peer, witness) && !evidence.links(peer, witness)) {
                    silence(evidence, witness, peer, court);
                }
            }
        }
        return court.rule();
    }

    private static void silence(Evidence evidence, String witness, String peer, Court court) {
        boolean silent = false;
        int links = 0; // each of which may have left an exit in the mailbox; a flush takes out one
        for (var entry : evidence.log(witness)) {
            if (Evidence.isDone(entry, new Act.Unlink(peer, true))) {
                silent = links <= 1;
                links = 0;
                court.require(true, "");
            } else if (Evidence.isDone(entry, new Act.Link(peer))) {
                silent = false;
                links++;
            }
            court.require(
                    !(silent && Evidence.isExitOf(entry, peer)),
                    "%s heard an exit of %s after its unlink",
                    witness,
                    peer);
        }
    }

    static Ruling spares(Evidence evidence) {
        var court = new Court();
        for (var who : evidence.processes()) {
            for (var peer : evidence.processes()) {
                boolean unlinked =
                        !who.equals(peer)
                                && evidence.mayUnlink(who, peer)
                                && (evidence.links(who, peer) || evidence.links(peer, who));
                boolean mayDieOtherwise =
                        evidence.isSentKills(who)
                                || evidence.does(who, act -> act instanceof Act.Stop)
                                || evidence.does(who, act -> act instanceof Act.Crash);
                if (unlinked && evidence.hasEnded(peer) && !mayDieOtherwise) {
                    court.require(
                            evidence.lives(who),
                            "%s and %s had unlinked, and %1$s died with it: %3$s",
                            who,
                            peer,
                            evidence.reason(who));
                }
            }
        }
        return court.rule();
    }

    /** Whether the reason is known and another than {@code expected}. */
    static boolean isOther(Optional<ExitReason> reason, ExitReason expected) {
        return reason.isPresent() && !reason.get().equals(expected);
    }
}
