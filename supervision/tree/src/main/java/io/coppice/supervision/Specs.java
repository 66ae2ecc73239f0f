package io.coppice.supervision;

import io.coppice.actor.Name;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a specification, and what it is called. */
final class Specs {

    private Specs() {}

    /** Everything that is wrong with {@code tree}: first what OTP would find, in its order. */
    static List<Problem> problems(ChildSpec<?> tree) {
        var found = new ArrayList<Problem>();
        checkTree(tree, found);
        checkNames(tree, tree.id(), new HashSet<>(), found);
        return found;
    }

    static void requireSound(ChildSpec<?> tree) {
        var problems = problems(tree);
        if (!problems.isEmpty()) {
            throw new TreeError(tree.id(), problems);
        }
    }

    /** What is wrong with {@code child} as a child of {@code supervisor}, nested ones aside. */
    static List<Problem> problemsOfChild(
            String supervisor, AutoShutdown autoShutdown, ChildSpec<?> child) {
        var found = new ArrayList<Problem>();
        checkChild(supervisor, autoShutdown, child, found);
        return found;
    }

    private static void checkChild(
            String supervisor, AutoShutdown autoShutdown, ChildSpec<?> child, List<Problem> found) {
        checkChild(
                supervisor,
                autoShutdown,
                child.id(),
                child.restart(),
                child.isSignificant(),
                child.shutdown(),
                found);
    }

    private static void checkTree(ChildSpec<?> tree, List<Problem> found) {
        switch (tree) {
            case Child<?> leaf -> {}

            case DynamicSupervisor<?, ?> dynamic -> {
                checkFlags(dynamic.id(), dynamic.flags, found);
                var template = dynamic.template();
                checkChild(
                        dynamic.id(),
                        dynamic.autoShutdown(),
                        template.id(),
                        template.restart(),
                        template.isSignificant(),
                        template.shutdown(),
                        found);
            }

            case Supervisor supervisor -> {
                checkFlags(supervisor.id(), supervisor.flags, found);
                var ids = HashSet.<String>newHashSet(supervisor.children().size());
                for (var child : supervisor.children()) {
                    checkChild(supervisor.id(), supervisor.autoShutdown(), child, found);
                    if (!ids.add(child.id())) {
                        found.add(new Problem.DuplicateId(supervisor.id(), child.id()));
                    }
                }
                supervisor.children().forEach(child -> checkTree(child, found));
            }

            case DerivedSupervisor<?, ?> derived -> checkTree(derived.basic(), found);
        }
    }

    private static void checkFlags(String supervisor, Flags flags, List<Problem> found) {
        if (flags.intensity() < 0) {
            found.add(new Problem.InvalidIntensity(supervisor, flags.intensity()));
        }
        var period = flags.period();
        if (period.toSeconds() < 1 || period.getNano() != 0) {
            found.add(new Problem.InvalidPeriod(supervisor, period));
        }
    }

    private static void checkChild(
            String supervisor,
            AutoShutdown autoShutdown,
            String id,
            Restart restart,
            boolean significant,
            ShutdownMode shutdown,
            List<Problem> found) {
        if (significant && autoShutdown == AutoShutdown.NEVER) {
            found.add(new Problem.SignificantWithoutAutoShutdown(supervisor, id));
        }
        if (significant && restart == Restart.PERMANENT) {
            found.add(new Problem.SignificantAndPermanent(supervisor, id));
        }
        switch (shutdown) {
            case ShutdownMode.Within(var time) when time.isNegative() ->
                    found.add(new Problem.InvalidShutdown(supervisor, id, time));
            case ShutdownMode.Draining(var time) when time.isNegative() ->
                    found.add(new Problem.InvalidShutdown(supervisor, id, time));
            default -> {}
        }
    }

    private static void checkNames(
            ChildSpec<?> tree, String supervisor, Set<Name<?>> taken, List<Problem> found) {
        var name = tree.name();
        if (name.isPresent() && !taken.add(name.get())) {
            found.add(new Problem.DuplicateName(supervisor, tree.id(), name.get()));
        }
        var basic = tree instanceof DerivedSupervisor<?, ?> derived ? derived.basic() : tree;
        if (basic instanceof Supervisor nested) {
            nested.children().forEach(child -> checkNames(child, nested.id(), taken, found));
        }
    }

    /** For example {@code worker ledger}. */
    static String describe(ChildSpec<?> child) {
        return switch (child.type()) {
            case WORKER -> "worker " + child.id();
            case SUPERVISOR -> "supervisor " + child.id();
        };
    }
}
