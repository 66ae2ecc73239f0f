package io.coppice.conformance;

import java.util.List;

/** One line of a scenario. */
sealed interface Command {

    /** Lines that only define something are echoed, and have no result. */
    sealed interface Definition extends Command {}

    /** {@code option order=...}. */
    record SetOrder(EventOrder order) implements Definition {}

    /** {@code supervisor S ...}. */
    record DefineSupervisor(String name, Attributes attributes) implements Definition {}

    /** {@code child S ID ...}. */
    record DefineChild(String supervisor, String id, Attributes attributes) implements Definition {}

    /** {@code sleep MS}. */
    record Sleep(long millis) implements Command {}

    /** {@code register N A}. */
    record Register(String name, String process) implements Command {}

    /** {@code unregister N}. */
    record Unregister(String name) implements Command {}

    /** {@code whereis N}. */
    record WhereIs(String name) implements Command {}

    /** {@code alive A}. */
    record IsAlive(String process) implements Command {}

    /** {@code release ID}. */
    record Release(String id) implements Command {}

    /** A supervisor call. */
    record Ask(String supervisor, Request request) implements Command {}

    /**
     * What one process does, back to back.
     *
     * @param actor the acting process
     * @param actions one, or those of a {@code seq}
     */
    record Act(String actor, List<Action> actions) implements Command {
        public Act {
            actions = List.copyOf(actions);
        }
    }
}
