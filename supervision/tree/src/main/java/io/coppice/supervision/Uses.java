package io.coppice.supervision;

import io.coppice.actor.Name;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether those who use a name stand where they are restarted with the one who has it. */
final class Uses {

    private Uses() {}

    /**
     * @param tree all its parts, the root first
     */
    static List<Warning> check(List<Part> tree) {
        return tree.stream().allMatch(part -> part.spec().uses().isEmpty())
                ? List.of()
                : Stream.concat(unknown(tree), tree.stream().flatMap(Uses::inWrongOrder)).toList();
    }

    /** A name in what cannot be seen may be the one: then nothing is said. */
    private static Stream<Warning> unknown(List<Part> tree) {
        if (tree.stream().anyMatch(Part::isOpaque)) {
            return Stream.empty();
        }
        var known = names(tree);
        return tree.stream()
                .filter(user -> !user.spec().uses().isEmpty())
                .flatMap(
                        user ->
                                user.spec().uses().stream()
                                        .filter(name -> !known.contains(name))
                                        .map(name -> unknown(user, name)));
    }

    private static Warning unknown(Part user, Name<?> name) {
        return user.warning(
                Warning.Kind.UNKNOWN_NAME,
                "uses the name \"%s\", which no child of %s has: what is sent to it is lost"
                        .formatted(name, root(user).id()),
                "give the name to the child it is meant for");
    }

    private static Part root(Part part) {
        return part.parent().map(Uses::root).orElse(part);
    }

    private static Stream<Warning> inWrongOrder(Part supervisor) {
        return supervisor.strategy().equals(Optional.of(Strategy.REST_FOR_ONE))
                ? supervisor.children().stream().flatMap(child -> usesOfLater(supervisor, child))
                : Stream.empty();
    }

    private static Stream<Warning> usesOfLater(Part supervisor, Part child) {
        var users = child.all().stream().filter(it -> !it.spec().uses().isEmpty()).toList();
        if (users.isEmpty()) {
            return Stream.empty();
        }
        return supervisor.children().stream()
                .dropWhile(sibling -> sibling.spec() != child.spec())
                .skip(1)
                .flatMap(later -> users.stream().flatMap(user -> usesOf(later, user)));
    }

    private static Stream<Warning> usesOf(Part later, Part user) {
        var names = names(later.all());
        return user.spec().uses().stream()
                .filter(names::contains)
                .map(name -> usedBeforeStarted(user, name, later));
    }

    private static Warning usedBeforeStarted(Part user, Name<?> name, Part later) {
        return user.warning(
                Warning.Kind.USED_BEFORE_STARTED,
                "uses the name \"%s\", but is started before %s, and not restarted with it"
                        .formatted(name, later.id()),
                "put " + later.id() + " before it");
    }

    private static Set<Name<?>> names(List<Part> parts) {
        return parts.stream()
                .flatMap(it -> it.spec().name().stream())
                .collect(Collectors.<Name<?>>toSet());
    }
}
