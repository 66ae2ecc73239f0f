package io.coppice.testkit.laws;

import io.coppice.testkit.laws.Ruling.Court;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Entry;
import io.coppice.testkit.script.Outcome.Heard;
import io.coppice.testkit.script.Outcome.Lives;
import io.coppice.testkit.script.Outcome.Told;

import java.util.HashSet;
import java.util.Optional;

/** The laws of names. */
final class NameRules {

    private NameRules() {}

    static Ruling freeBeforeNews(Evidence evidence) {
        var court = new Court();
        boolean wasHeard =
                evidence.living().stream()
                        .flatMap(who -> evidence.log(who).stream())
                        .anyMatch(entry -> isNewsOfOneWithAName(entry, evidence));
        if (wasHeard) {
            court.require(true, "");
        }
        evidence.seen().irregularities().forEach(what -> court.require(false, "%s", what));
        return court.rule();
    }

    private static boolean isNewsOfOneWithAName(Entry entry, Evidence evidence) {
        return switch (entry) {
            case Heard(var from, var reason) -> hasAskedForAName(evidence, from);
            case Told(var monitor, var what, var reason) -> hasAskedForAName(evidence, what);
            default -> false;
        };
    }

    private static boolean hasAskedForAName(Evidence evidence, String who) {
        return evidence.script()
                .acts()
                .anyMatch(
                        act ->
                                act instanceof Act.Register register
                                        && register.process().equals(who));
    }

    static Ruling oneHolder(Evidence evidence) {
        var court = new Court();
        var held = new HashSet<String>();
        for (var who : evidence.living()) {
            nameOf(evidence, who)
                    .ifPresent(name -> court.require(held.add(name), "%s has two holders", name));
            for (var entry : evidence.log(who)) {
                if (entry instanceof Did(Act.WhereIs(var name), var holder)) {
                    court.require(
                            holder.equals("undefined") || mayHold(evidence, name, holder),
                            "%s was found to be %s, who never had it",
                            name,
                            holder);
                }
            }
        }
        return court.rule();
    }

    private static boolean mayHold(Evidence evidence, String name, String holder) {
        return evidence.script().acts().anyMatch(new Act.Register(name, holder)::equals);
    }

    private static Optional<String> nameOf(Evidence evidence, String who) {
        return evidence.seen().outcome().fates().get(who) instanceof Lives lives
                ? lives.name()
                : Optional.empty();
    }
}
