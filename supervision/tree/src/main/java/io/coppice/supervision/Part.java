package io.coppice.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A child and where it stands in a tree that does not run. */
record Part(Optional<Part> parent, ChildSpec<?> spec) {

    static Part root(ChildSpec<?> tree) {
        return new Part(Optional.empty(), basic(tree));
    }

    /** In start order; of a dynamic supervisor one, which stands for all. */
    List<Part> children() {
        return switch (spec) {
            case Child<?> leaf -> List.of();
            case Supervisor supervisor -> below(supervisor.children());
            case DynamicSupervisor<?, ?> dynamic -> below(List.of(dynamic.template().pattern()));
            case DerivedSupervisor<?, ?> derived -> throw new IllegalStateException("not basic");
        };
    }

    private List<Part> below(List<? extends ChildSpec<?>> children) {
        var me = Optional.of(this);
        return children.stream().map(child -> new Part(me, basic(child))).toList();
    }

    private static ChildSpec<?> basic(ChildSpec<?> tree) {
        return tree instanceof DerivedSupervisor<?, ?> derived ? derived.basic() : tree;
    }

    /** This and all below it, each before its children. */
    List<Part> all() {
        var all = new ArrayList<Part>();
        addTo(all);
        return all;
    }

    private void addTo(List<Part> all) {
        all.add(this);
        for (var child : children()) {
            child.addTo(all);
        }
    }

    /** The ids from the root on. */
    String path() {
        return parent.map(it -> it.path() + "/" + id()).orElse(id());
    }

    String id() {
        return spec.id();
    }

    /** What it is as a supervisor, if its children are known. */
    Optional<ConfiguredSupervisor<?, ?>> supervisor() {
        return spec instanceof ConfiguredSupervisor<?, ?> it ? Optional.of(it) : Optional.empty();
    }

    /** Whether it has children that are not in the tree, or may have. */
    boolean isOpaque() {
        return spec instanceof Child<?> && spec.type() == ChildType.SUPERVISOR;
    }

    boolean isDynamic() {
        return spec instanceof DynamicSupervisor<?, ?>;
    }

    /** What is restarted with a child of it, if it has any. */
    Optional<Strategy> strategy() {
        return switch (spec) {
            case Child<?> leaf -> Optional.empty();
            case Supervisor supervisor -> Optional.of(supervisor.strategy());
            case DynamicSupervisor<?, ?> dynamic -> Optional.of(Strategy.ONE_FOR_ONE);
            case DerivedSupervisor<?, ?> derived -> throw new IllegalStateException("not basic");
        };
    }

    Warning warning(Warning.Kind kind, String danger, String advice) {
        return new Warning(kind, path(), danger, advice);
    }
}
