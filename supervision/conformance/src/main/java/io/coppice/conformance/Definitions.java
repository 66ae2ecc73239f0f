package io.coppice.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a scenario has defined so far. Processes read it in their inits. */
final class Definitions {

    /** A child as its supervisor's definition lists it. */
    record Child(String id, Attributes attributes) {}

    /**
     * What a supervisor process is.
     *
     * @param definition the name of its definition
     * @param isDynamic whether its children are told apart by pid
     */
    record Kind(String definition, boolean isDynamic) {}

    /** A supervisor and its children in start order. */
    record SupervisorDefinition(Attributes attributes, List<Child> children) {
        SupervisorDefinition {
            children = List.copyOf(children);
        }

        boolean isDynamic() {
            return attributes.get("strategy", "one_for_one").equals("simple_one_for_one");
        }

        /** What a process is that is made of this, which is called {@code name}. */
        Kind kind(String name) {
            return new Kind(name, isDynamic());
        }

        private SupervisorDefinition with(Child child) {
            var more = new ArrayList<>(children);
            more.add(child);
            return new SupervisorDefinition(attributes, more);
        }
    }

    private final Map<String, SupervisorDefinition> supervisors = new HashMap<>();
    private final Map<String, Attributes> children = new HashMap<>();

    synchronized void define(String name, Attributes attributes) {
        supervisors.put(name, new SupervisorDefinition(attributes, List.of()));
    }

    synchronized void defineChild(String supervisor, String id, Attributes attributes) {
        supervisors.put(supervisor, supervisor(supervisor).with(new Child(id, attributes)));
        children.put(id, attributes);
    }

    /**
     * Defines a child that is started by request. What a dynamic child does not say is as in the
     * template; of any other without attributes an earlier definition stays.
     */
    synchronized void defineStarted(String supervisor, String id, Attributes attributes) {
        if (supervisor(supervisor).isDynamic()) {
            var template = template(supervisor);
            define(template.id(), id, attributes.orElse(template.attributes()));
        } else {
            define(id, id, attributes.isEmpty() ? child(id) : attributes);
        }
    }

    private void define(String definition, String id, Attributes attributes) {
        if (attributes.isSupervisor()) {
            requireStartable(definition);
        }
        children.put(id, attributes);
    }

    /**
     * The supervisor as it is defined now.
     *
     * @throws IllegalArgumentException if it is not defined
     */
    synchronized SupervisorDefinition supervisor(String name) {
        return Optional.ofNullable(supervisors.get(name))
                .orElseThrow(
                        () -> new IllegalArgumentException("supervisor is not defined: " + name));
    }

    /** The child that all dynamic children are made after. */
    private Child template(String supervisor) {
        return supervisor(supervisor).children().stream()
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "supervisor has no child to start others after: "
                                                + supervisor));
    }

    /** What is said of {@code id} now, which is what its next start goes by. */
    synchronized Attributes child(String id) {
        return children.getOrDefault(id, Attributes.NONE);
    }

    /** The longest time that a defined child is known to take or to be given for its shutdown. */
    synchronized long longestWaitMillis() {
        return children.values().stream().mapToLong(Attributes::waitMillis).max().orElse(0);
    }

    /**
     * Makes sure that a supervisor and all those below it are defined.
     *
     * @throws IllegalArgumentException if one is not
     */
    synchronized void requireStartable(String supervisor) {
        requireStartable(supervisor, new HashSet<>());
    }

    private void requireStartable(String name, Set<String> seen) {
        if (seen.add(name)) {
            supervisor(name).children().stream()
                    .filter(child -> child.attributes().isSupervisor())
                    .forEach(child -> requireStartable(child.id(), seen));
        }
    }
}
