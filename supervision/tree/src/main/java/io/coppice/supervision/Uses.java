package io.coppice.supervision;

import io.coppice.actor.Name;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether those who use a name stand where they are restarted with the one who has it. */
final class Uses {

    private Uses() {}

    static Stream<Warning> check(Part root) {
        return Stream.concat(unknown(root), root.all().flatMap(Uses::inWrongOrder));
    }

    /** A name in what cannot be seen may be the one: then nothing is said. */
    private static Stream<Warning> unknown(Part root) {
        if (root.all().anyMatch(Part::isOpaque)) {
            return Stream.empty();
        }
        var known = names(root).collect(Collectors.toSet());
        return root.all()
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
        if (child.all().allMatch(it -> it.spec().uses().isEmpty())) {
            return Stream.empty();
        }
        return supervisor.children().stream()
                .dropWhile(sibling -> sibling.spec() != child.spec())
                .skip(1)
                .flatMap(later -> child.all().flatMap(user -> usesOf(later, user)));
    }

    private static Stream<Warning> usesOf(Part later, Part user) {
        var names = names(later).collect(Collectors.<Name<?>>toSet());
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

    private static Stream<Name<?>> names(Part part) {
        return part.all().flatMap(it -> it.spec().name().stream());
    }
}
