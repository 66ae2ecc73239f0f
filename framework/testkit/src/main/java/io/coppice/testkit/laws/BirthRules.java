package io.coppice.testkit.laws;

import io.coppice.process.ExitReason;
import io.coppice.testkit.laws.Ruling.Court;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Heard;
import io.coppice.testkit.script.Outcome.Told;
import io.coppice.testkit.script.Reasons;
import io.coppice.testkit.script.ScriptedCrash;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

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
        boolean isLinkedByOthers =
                evidence.script().acts().anyMatch(act -> act.equals(new Act.Link(who)));
        if (isLinkedByOthers || evidence.does(who, BirthRules::ties)) {
            return Optional.empty(); // it may die with others, or before that
        }
        return end(evidence.script().actsOf(who));
    }

    /** The reason given by the first of {@code acts} that ends who does them. */
    private static Optional<ExitReason> end(List<Act> acts) {
        for (var act : acts) {
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
        startFailures(evidence, parent, child)
                .ifPresent(
                        reasons ->
                                court.require(
                                        reasons.contains(result),
                                        "%s can fail with %s, and its parent %s was told %s",
                                        child,
                                        reasons,
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

    /**
     * Why the init of {@code child} can have failed: of its own act, of its deadline, or with one
     * that was linked to it by then, whoever made that link. Empty if that is not known.
     */
    private static Optional<SortedSet<String>> startFailures(
            Evidence evidence, String parent, String child) {
        if (evidence.isSentExits(child) || evidence.isSentKills(child)) {
            return Optional.empty();
        }
        var init = init(evidence, parent, child);
        var reasons = new TreeSet<String>();
        end(init).map(Reasons::text).ifPresent(reasons::add);
        if (init.contains(new Act.Hang())) {
            reasons.add(Reasons.text(ExitReason.KILLED));
        }
        for (var peer : evidence.processes()) {
            if (!peer.equals(parent) && evidence.hasEnded(peer)) {
                var reason = evidence.reason(peer);
                if (reason.isEmpty() && areTied(evidence, child, peer)) {
                    return Optional.empty();
                }
                reason.ifPresent(why -> reasons.addAll(takenAlong(evidence, child, peer, why)));
            }
        }
        return Optional.of(reasons);
    }

    /** What {@code child} does where {@code parent} starts it. */
    private static List<Act> init(Evidence evidence, String parent, String child) {
        return evidence.script().phases().stream()
                .filter(phase -> phase.of(parent).contains(new Act.StartLinked(child)))
                .flatMap(phase -> phase.of(child).stream())
                .toList();
    }

    /** With what {@code child} may end if {@code peer} has ended with {@code reason}. */
    private static Set<String> takenAlong(
            Evidence evidence, String child, String peer, ExitReason reason) {
        var reasons = new TreeSet<String>();
        if (areTied(evidence, child, peer) && !(reason instanceof ExitReason.Normal)) {
            reasons.add(Reasons.text(reason));
        }
        if (evidence.links(child, peer)) {
            reasons.add(Reasons.text(ExitReason.NO_PROCESS)); // it was dead by then
        }
        return reasons;
    }

    private static boolean areTied(Evidence evidence, String child, String peer) {
        return evidence.links(child, peer)
                || evidence.links(peer, child)
                || evidence.isBornLinked(peer, child);
    }
}
