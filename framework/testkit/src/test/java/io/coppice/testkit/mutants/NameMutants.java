package io.coppice.testkit.mutants;

import static io.coppice.testkit.mutants.LinkMutants.mutant;
import static io.coppice.testkit.mutants.LinkMutants.onModel;

import io.coppice.testkit.laws.Law;

import java.util.List;

/** Kernels with broken names. */
final class NameMutants {

    private static final String OBITUARY = "io.coppice.internal.run.Obituary";
    private static final String NAMES = "io.coppice.internal.run.Names";

    private NameMutants() {}

    static List<Mutant> all() {
        return List.of(
                mutant(
                                "names freed after the news",
                                "who hears of a death still finds the name of the dead",
                                Law.NAMES_ARE_FREE_BEFORE_NEWS_OF_A_DEATH,
                                OBITUARY,
                                "        settleEstate();\n        tellCalls",
                                "        tellCalls")
                        .and(
                                OBITUARY,
                                "        who.node.died(",
                                "        settleEstate(); who.node.died(")
                        .and(
                                NAMES,
                                "return holder == null || holder.isDead() ? null : holder;",
                                "return holder;"),
                mutant(
                                "names of the dead stay",
                                "a name is never freed by a death: spawned, G18",
                                Law.NAMES_ARE_FREE_BEFORE_NEWS_OF_A_DEATH,
                                NAMES,
                                "holders.remove(name, holder);",
                                "")
                        .and(
                                NAMES,
                                "return holder == null || holder.isDead() ? null : holder;",
                                "return holder;"),
                mutant(
                        "name taken from its holder",
                        "who registers a name that is taken gets it",
                        Law.A_NAME_HAS_ONE_HOLDER,
                        NAMES,
                        "var holder = holders.putIfAbsent(name, process);",
                        "LocalProcess<?> holder = null; holders.put(name, process);"),
                mutant(
                        "two names for one",
                        "a process may have two names",
                        onModel(Law.A_NAME_HAS_ONE_HOLDER),
                        NAMES,
                        "if (extras.name != null) {",
                        "if (false) {"),
                mutant(
                        "unregister keeps the name",
                        "a name that was taken back is not free",
                        onModel(Law.A_NAME_HAS_ONE_HOLDER),
                        NAMES,
                        "return holders.remove(name.value(), holder);",
                        "return true;"));
    }
}
