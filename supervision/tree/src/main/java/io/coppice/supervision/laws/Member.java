package io.coppice.supervision.laws;

import io.coppice.actor.Name;
import io.coppice.supervision.AutoShutdown;
import io.coppice.supervision.ChildSpec;
import io.coppice.supervision.ChildTemplate;
import io.coppice.supervision.DynamicSupervisor;
import io.coppice.supervision.Restart;
import io.coppice.supervision.ShutdownMode;
import io.coppice.supervision.Strategy;
import io.coppice.supervision.Supervisor;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Somebody whom a tree declares, and what the rules of restarts, and nothing else, make of a death.
 *
 * @param above its supervisor
 * @param label what its process is called in a simulation
 * @param rules by which it treats its children, if those are declared
 * @param isKilledToStop whether it is not asked
 * @param isEach whether it stands for all children of a dynamic supervisor
 */
record Member(
        Optional<Member> above,
        String id,
        String label,
        Optional<Name<?>> name,
        Restart restart,
        boolean isSignificant,
        Optional<Rules> rules,
        boolean isKilledToStop,
        boolean isEach) {

    /**
     * What a supervisor goes by.
     *
     * @param children makes them, for their supervisor, in start order
     */
    private record Rules(
            Strategy strategy,
            int intensity,
            AutoShutdown auto,
            Function<Member, List<Member>> children) {

        static Optional<Rules> of(ChildSpec<?> spec) {
            return switch (spec) {
                case Supervisor it ->
                        Optional.of(
                                new Rules(
                                        it.strategy(),
                                        it.intensity(),
                                        it.autoShutdown(),
                                        above -> listed(it, above)));
                case DynamicSupervisor<?, ?> it ->
                        Optional.of(
                                new Rules(
                                        Strategy.ONE_FOR_ONE,
                                        it.intensity(),
                                        it.autoShutdown(),
                                        above -> List.of(each(it.template(), above))));
                default -> Optional.empty();
            };
        }

        private static List<Member> listed(Supervisor supervisor, Member above) {
            return supervisor.children().stream()
                    .map(child -> Member.of(Optional.of(above), child))
                    .toList();
        }
    }

    static Member root(Supervisor tree) {
        return of(Optional.empty(), tree);
    }

    private static Member of(Optional<Member> above, ChildSpec<?> spec) {
        return new Member(
                above,
                spec.id(),
                spec.name().map(Name::value).orElse(spec.id()),
                spec.name().map(name -> name),
                spec.restart(),
                spec.isSignificant(),
                Rules.of(spec),
                spec.shutdown() instanceof ShutdownMode.Immediately,
                false);
    }

    private static Member each(ChildTemplate<?, ?> template, Member above) {
        return new Member(
                Optional.of(above),
                template.id(),
                template.id(),
                Optional.empty(),
                template.restart(),
                template.isSignificant(),
                Optional.empty(),
                template.shutdown() instanceof ShutdownMode.Immediately,
                true);
    }

    /** As in {@code shop/orders/inbox}. */
    String path() {
        return above.map(it -> it.path() + "/" + id).orElse(id);
    }

    /** In start order; of a dynamic supervisor one, which stands for all. */
    private List<Member> children() {
        return rules.map(it -> it.children().apply(this)).orElseGet(List::of);
    }

    /** Its supervisor, the one of that, and so on. */
    Stream<Member> allAbove() {
        return Stream.iterate(above, Optional::isPresent, it -> it.flatMap(Member::above))
                .map(Optional::orElseThrow);
    }

    /** This and all below it, each before its children. */
    Stream<Member> all() {
        return Stream.concat(Stream.of(this), children().stream().flatMap(Member::all));
    }

    /** Those of {@link #all} of whom there is one, in the order in which they are stopped. */
    Stream<Member> inStopOrder() {
        return isEach
                ? Stream.empty()
                : Stream.concat(
                        children().reversed().stream().flatMap(Member::inStopOrder),
                        Stream.of(this));
    }

    /** Of {@link #inStopOrder}. */
    List<String> paths() {
        return inStopOrder().map(Member::path).toList();
    }

    /** Whether its end may end its supervisor, or that one's end the one above, and so on. */
    boolean isSignificantToAny() {
        return isSignificant || above.filter(Member::isSignificantToAny).isPresent();
    }

    // What comes of a death

    /** What comes of it when this is killed, of which there is one, and all are well besides. */
    Reach whenKilled() {
        return end(true, 1, (usual, atTheLimit) -> atTheLimit);
    }

    /** The most that may come of it when this is killed, one of {@code ends} in a tree. */
    Reach whenAmong(int ends) {
        return whenAmong(true, ends);
    }

    /** The most that may come of it when this ends, one of {@code ends} in a tree. */
    Reach whenAmong(boolean isAbnormal, int ends) {
        return end(isAbnormal, ends, Reach::and);
    }

    /**
     * @param both what comes of it if the supervisor may end for this: of what does if it does not,
     *     and what if it does
     */
    private Reach end(boolean isAbnormal, int ends, BinaryOperator<Reach> both) {
        if (above.isEmpty()) {
            return Reach.end(paths());
        }
        boolean isRestarted =
                switch (restart) {
                    case PERMANENT -> true;
                    case TRANSIENT -> isAbnormal;
                    case TEMPORARY -> false;
                };
        var parent = above.get();
        var of = parent.rules.orElseThrow();
        var usual = isRestarted ? parent.restarted(this, of) : Reach.gone(paths());
        boolean isLimit =
                isRestarted ? of.intensity() < ends : isSignificant && parent.stops(ends, of);
        return isLimit ? both.apply(usual, parent.end(false, ends, both)) : usual;
    }

    /** Whether it may stop by itself when so many have ended. */
    private boolean stops(int ends, Rules own) {
        return switch (own.auto()) {
            case NEVER -> false;
            case ANY_SIGNIFICANT -> true;
            case ALL_SIGNIFICANT ->
                    children().stream().filter(Member::isSignificant).count() <= ends;
        };
    }

    private Reach restarted(Member child, Rules own) {
        return group(child, own).stream()
                .map(
                        it ->
                                it.restart == Restart.TEMPORARY
                                        ? Reach.gone(it.paths())
                                        : Reach.restarted(it.paths()))
                .reduce(Reach.NOBODY, Reach::and);
    }

    private List<Member> group(Member child, Rules own) {
        var children = children();
        return switch (own.strategy()) {
            case ONE_FOR_ONE -> List.of(child);
            case ONE_FOR_ALL -> children;
            case REST_FOR_ONE -> children.subList(place(child, children), children.size());
        };
    }

    private static int place(Member child, List<Member> children) {
        return children.stream().map(Member::id).toList().indexOf(child.id());
    }
}
