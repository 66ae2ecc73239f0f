package io.coppice.testkit.laws;

import io.coppice.process.ExitReason;
import io.coppice.testkit.laws.Ruling.Court;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Entry;
import io.coppice.testkit.script.Outcome.Heard;
import io.coppice.testkit.script.Outcome.Told;
import io.coppice.testkit.script.ScriptedCrash;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The laws of exits and kills. */
final class ExitRules {

    private ExitRules() {}

    // Reasons

    /**
     * In scripts that first link and then, in their last phase, end some: every death has a cause,
     * and every cause its deaths.
     */
    static Ruling passedOn(Evidence evidence) {
        var court = new Court();
        for (var dead : evidence.dead()) {
            var reason = evidence.reason(dead);
            court.require(reason.isPresent(), "%s is dead, and was never told of", dead);
            reason.ifPresent(
                    why ->
                            court.require(
                                    causes(evidence, dead).contains(why)
                                            || neighbours(evidence, dead).stream()
                                                    .anyMatch(peer -> diedOf(evidence, peer, why)),
                                    "%s ended with %s, for which there was no cause",
                                    dead,
                                    why));
            if (reason.filter(why -> !(why instanceof ExitReason.Normal)).isPresent()) {
                neighbours(evidence, dead).forEach(peer -> mustHear(evidence, dead, peer, court));
            }
        }
        return court.rule();
    }

    private static boolean diedOf(Evidence evidence, String who, ExitReason reason) {
        return evidence.hasEnded(who) && !LinkRules.isOther(evidence.reason(who), reason);
    }

    private static void mustHear(Evidence evidence, String dead, String peer, Court court) {
        if (evidence.neverTraps(peer)) {
            court.require(
                    evidence.hasEnded(peer),
                    "%s lives, and was linked to %s, who ended",
                    peer,
                    dead);
        } else if (evidence.lives(peer) && evidence.alwaysTraps(peer)) {
            var reason = evidence.reason(dead).orElseThrow();
            court.require(
                    evidence.log(peer).contains(new Heard(dead, reason)),
                    "%s was linked to %s, who ended, and did not hear %s",
                    peer,
                    dead,
                    reason);
        }
    }

    /** The reasons that the script itself has for the end of {@code who}. */
    private static Set<ExitReason> causes(Evidence evidence, String who) {
        var causes = new HashSet<ExitReason>();
        evidence.script()
                .actsOf(who)
                .forEach(
                        act -> {
                            if (act instanceof Act.Stop(var reason)) {
                                causes.add(reason);
                            } else if (act instanceof Act.Crash(var what)) {
                                causes.add(ScriptedCrash.reason(what));
                            }
                        });
        evidence.script()
                .acts()
                .forEach(
                        act -> {
                            if (act.equals(new Act.Kill(who))) {
                                causes.add(ExitReason.KILLED);
                            } else if (act instanceof Act.Exit(var target, var reason)
                                    && target.equals(who)) {
                                causes.add(reason);
                            }
                        });
        return causes;
    }

    private static Set<String> neighbours(Evidence evidence, String who) {
        var linked = new TreeSet<String>();
        for (var other : evidence.processes()) {
            if (evidence.links(who, other) || evidence.links(other, who)) {
                linked.add(other);
            }
        }
        linked.remove(who);
        return linked;
    }

    // The table

    /** In scripts in which nothing else can end anybody: one exit signal to one process. */
    static Ruling table(Evidence evidence) {
        var court = new Court();
        for (var target : evidence.processes()) {
            for (var sender : evidence.processes()) {
                var sent =
                        evidence.acts(sender, act -> isExitTo(act, target))
                                .map(Act.Exit.class::cast)
                                .toList();
                long all = evidence.script().acts().filter(act -> isExitTo(act, target)).count();
                if (sent.size() == 1 && all == 1 && isFree(evidence, sender, target)) {
                    table(evidence, sender, target, sent.getFirst().reason(), court);
                }
            }
        }
        return court.rule();
    }

    private static boolean isExitTo(Act act, String target) {
        return act instanceof Act.Exit exit && exit.target().equals(target);
    }

    /** Whether nobody's signal can have kept the sender from sending. */
    private static boolean isFree(Evidence evidence, String sender, String target) {
        return sender.equals(target) || !evidence.isSentExits(sender);
    }

    private static void table(
            Evidence evidence, String sender, String target, ExitReason reason, Court court) {
        boolean traps = evidence.alwaysTraps(target);
        boolean isIgnored = reason instanceof ExitReason.Normal && !sender.equals(target);
        boolean mustDie = !traps && !isIgnored;
        court.require(
                evidence.hasEnded(target) == mustDie,
                "%s, %s, was sent %s by %s and %s",
                target,
                traps ? "trapping" : "not trapping",
                reason,
                sender,
                mustDie ? "lives" : "ended");
        court.require(
                !mustDie || evidence.reason(target).equals(Optional.of(reason)),
                "%s was sent %s and ended with %s",
                target,
                reason,
                evidence.reason(target));
        court.require(
                evidence.heard(target, sender) == (traps ? 1 : 0),
                "%s heard %d exits of %s",
                target,
                evidence.heard(target, sender),
                sender);
    }

    // Kills

    static Ruling killCannotBeTrapped(Evidence evidence) {
        var court = new Court();
        for (var killer : evidence.living()) {
            evidence.acts(killer, act -> act instanceof Act.Kill)
                    .map(Act.Kill.class::cast)
                    .filter(kill -> !evidence.log(killer).contains(new Did(kill, Did.LEFT_OUT)))
                    .forEach(
                            kill ->
                                    court.require(
                                            evidence.hasEnded(kill.target()),
                                            "%s killed %s, who lives",
                                            killer,
                                            kill.target()));
        }
        return court.rule();
    }

    /** In scripts in which only kills end anybody. */
    static Ruling killedIsPassedOn(Evidence evidence) {
        var court = new Court();
        for (var dead : evidence.dead()) {
            evidence.reason(dead)
                    .ifPresent(
                            why ->
                                    court.require(
                                            isOfKill(why),
                                            "%s ended with %s, where there are only kills",
                                            dead,
                                            why));
        }
        for (var witness : evidence.living()) {
            for (var entry : evidence.log(witness)) {
                reasonIn(entry)
                        .ifPresent(
                                why ->
                                        court.require(
                                                isOfKill(why),
                                                "%s heard %s, where there are only kills",
                                                witness,
                                                entry));
            }
        }
        return court.rule();
    }

    private static boolean isOfKill(ExitReason reason) {
        return reason instanceof ExitReason.Killed || reason instanceof ExitReason.NoProcess;
    }

    private static Optional<ExitReason> reasonIn(Entry entry) {
        return switch (entry) {
            case Heard(var from, var reason) -> Optional.of(reason);
            case Told(var monitor, var what, var reason) -> Optional.of(reason);
            default -> Optional.empty();
        };
    }
}
