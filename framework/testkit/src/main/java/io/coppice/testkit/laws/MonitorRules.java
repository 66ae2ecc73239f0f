package io.coppice.testkit.laws;

import io.coppice.testkit.laws.Ruling.Court;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Entry;
import io.coppice.testkit.script.Outcome.Told;

/** The laws of monitors. Every monitor of a script has a label of its own. */
final class MonitorRules {

    private MonitorRules() {}

    static Ruling fireOnce(Evidence evidence) {
        var court = new Court();
        for (var owner : evidence.living()) {
            for (var act : evidence.script().actsOf(owner)) {
                if (!evidence.log(owner).contains(new Did(act, Did.LEFT_OUT))) {
                    fireOnce(evidence, owner, act, court);
                }
            }
        }
        return court.rule();
    }

    private static void fireOnce(Evidence evidence, String owner, Act act, Court court) {
        switch (act) {
            case Act.Monitor(var target, var label) ->
                    fireOnce(evidence, owner, label, target, court);
            case Act.Spawn(var child, var linked, var label) when !label.isEmpty() ->
                    fireOnce(evidence, owner, label, child, court);
            case Act.MonitorName(var name, var label) ->
                    court.require(
                            fired(evidence, owner, label) <= 1,
                            "monitor %s of %s fired twice",
                            label,
                            owner);
            default -> {}
        }
    }

    private static void fireOnce(
            Evidence evidence, String owner, String label, String target, Court court) {
        long expected = evidence.hasEnded(target) && !target.equals(owner) ? 1 : 0;
        long fired = fired(evidence, owner, label);
        court.require(
                fired == expected,
                "monitor %s of %s, who %s, fired %d times at %s",
                label,
                target,
                evidence.hasEnded(target) ? "ended" : "lives",
                fired,
                owner);
    }

    private static long fired(Evidence evidence, String owner, String label) {
        return evidence.count(owner, entry -> isNewsOf(entry, label));
    }

    private static boolean isNewsOf(Entry entry, String label) {
        return entry instanceof Told(var monitor, var what, var reason) && monitor.equals(label);
    }

    static Ruling silence(Evidence evidence) {
        var court = new Court();
        for (var owner : evidence.living()) {
            var log = evidence.log(owner);
            for (int at = 0; at < log.size(); at++) {
                if (log.get(at) instanceof Did(Act.Demonitor(var label, boolean flush), var result)
                        && (flush || result.equals("true"))) {
                    court.require(
                            log.subList(at + 1, log.size()).stream()
                                    .noneMatch(entry -> isNewsOf(entry, label)),
                            "monitor %s of %s fired after it was taken back",
                            label,
                            owner);
                }
            }
        }
        return court.rule();
    }

    static Ruling twoEnds(Evidence evidence) {
        var court = new Court();
        if (evidence.script().acts().anyMatch(act -> act instanceof Act.Monitor)) {
            court.require(
                    evidence.seen().irregularities().isEmpty(),
                    "%s",
                    evidence.seen().irregularities());
        }
        return court.rule();
    }
}
