package io.coppice.testkit.laws;

import io.coppice.process.ExitReason;
import io.coppice.testkit.laws.Ruling.Court;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Heard;
import io.coppice.testkit.script.Outcome.Told;
import io.coppice.testkit.script.Reasons;
import io.coppice.testkit.script.ScriptedCrash;

import java.util.Optional;

/** The laws of children. */
final class BirthRules {

    private BirthRules() {}

    /** In scripts in which a child ends by its own act only. */
    static Ruling realReason(Evidence evidence) {
        var court = new Court();
        for (var parent : evidence.witnesses()) {
            for (var act : evidence.script().actsOf(parent)) {
                if (act instanceof Act.Spawn(var child, boolean linked, var label)
                        && evidence.hasEnded(child)) {
                    ownReason(evidence, child)
                            .ifPresent(
                                    reason -> {
                                        heard(evidence, parent, child, linked, reason, court);
                                        told(evidence, parent, child, label, reason, court);
                                    });
                }
            }
        }
        return court.rule();
    }

    private static void heard(
            Evidence evidence,
            String parent,
            String child,
            boolean linked,
            ExitReason reason,
            Court court) {
        court.require(
                !linked || evidence.log(parent).contains(new Heard(child, reason)),
                "%s ended with %s, and its parent %s did not hear that",
                child,
                reason,
                parent);
    }

    private static void told(
            Evidence evidence,
            String parent,
            String child,
            String label,
            ExitReason reason,
            Court court) {
        court.require(
                label.isEmpty() || evidence.log(parent).contains(new Told(label, child, reason)),
                "%s ended with %s, and its parent %s was not told that by its monitor",
                child,
                reason,
                parent);
    }

    /** Why {@code who} ends, if it is by the first of its acts that ends it and nothing else. */
    private static Optional<ExitReason> ownReason(Evidence evidence, String who) {
        if (!evidence.acts(who, BirthRules::ties).toList().isEmpty()) {
            return Optional.empty(); // it may die with others, or before that
        }
        for (var act : evidence.script().actsOf(who)) {
            if (act instanceof Act.Stop(var reason)) {
                return Optional.of(reason);
            }
            if (act instanceof Act.Crash(var what)) {
                return Optional.of(ScriptedCrash.reason(what));
            }
        }
        return Optional.empty();
    }

    private static boolean ties(Act act) {
        return act instanceof Act.Hang
                || act instanceof Act.Link
                || act instanceof Act.Spawn
                || act instanceof Act.StartLinked;
    }

    static Ruling noOrphans(Evidence evidence) {
        var court = new Court();
        for (var parent : evidence.dead()) {
            var reason = evidence.reason(parent);
            boolean isFatal = reason.filter(why -> !(why instanceof ExitReason.Normal)).isPresent();
            for (var child : evidence.script().children()) {
                if (isFatal
                        && evidence.isBornLinked(child, parent)
                        && evidence.seen().outcome().of(child).isPresent()
                        && evidence.neverTraps(child)
                        && !evidence.mayUnlink(parent, child)) {
                    court.require(
                            evidence.hasEnded(child),
                            "%s lives, and its parent %s has ended with %s",
                            child,
                            parent,
                            reason.orElseThrow());
                }
            }
        }
        return court.rule();
    }

    static Ruling failedStart(Evidence evidence) {
        var court = new Court();
        for (var parent : evidence.witnesses()) {
            for (var entry : evidence.log(parent)) {
                if (entry instanceof Did(Act.StartLinked(var child), var result)
                        && !result.equals("ok")
                        && !result.equals(Did.LEFT_OUT)) {
                    failedStart(evidence, parent, child, result, court);
                }
            }
        }
        return court.rule();
    }

    private static void failedStart(
            Evidence evidence, String parent, String child, String result, Court court) {
        ownReason(evidence, child)
                .ifPresent(
                        reason ->
                                court.require(
                                        result.equals(Reasons.text(reason)),
                                        "%s failed with %s, and its parent %s was told %s",
                                        child,
                                        reason,
                                        parent,
                                        result));
        boolean linksLater = evidence.links(parent, child) || evidence.sendsExit(child, parent);
        court.require(
                linksLater || evidence.heard(parent, child) == 0,
                "the start of %s failed, and its parent %s heard an exit as well",
                child,
                parent);
        court.require(evidence.hasEnded(child), "the start of %s failed, and it lives", child);
    }
}
