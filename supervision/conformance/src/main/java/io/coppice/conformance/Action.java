package io.coppice.conformance;

import java.util.Optional;

/** What an acting process can be told to do. */
sealed interface Action {

    /** Done by the process through its context, at once. */
    sealed interface Deed extends Action {}

    /** Where a message goes or what a monitor watches: a process of the scenario, or a name. */
    sealed interface Target {
        /** A process, by what the scenario calls it. */
        record ByProcess(String name) implements Target {}

        /** Whoever has a registered name, written {@code @name}. */
        record ByName(String name) implements Target {}
    }

    /** How a spawned process ends by itself, if it does. */
    sealed interface Ending {
        /** It lives on. */
        record None() implements Ending {}

        /** It ends with a reason. */
        record Die(String reason) implements Ending {}

        /** It throws. */
        record Crash(String name) implements Ending {}
    }

    record Spawn(String name, boolean link, Optional<String> monitor, boolean trap, Ending ending)
            implements Deed {}

    record Link(Target.ByProcess peer) implements Deed {}

    record Unlink(Target.ByProcess peer, boolean flush) implements Deed {}

    record Monitor(Target target, String as) implements Deed {}

    record Demonitor(String monitor, boolean flush, boolean info) implements Deed {}

    record Trap(boolean on) implements Deed {}

    /** An exit signal; {@code toItself} if the line names one process twice. */
    record Exit(Target.ByProcess target, String reason, boolean toItself) implements Deed {}

    record Stop(String reason) implements Deed {}

    record Crash(String name) implements Deed {}

    record Send(Target target, String text) implements Deed {}

    /** The process leaves messages in its mailbox from now on. */
    record Hold() implements Action {}

    /** The process takes messages again. */
    record Resume() implements Action {}

    /** The process starts a supervisor and waits for its init. */
    record Start(String supervisor) implements Action {}

    /** The process this names, which must exist before the action can be executed. */
    default Optional<String> names() {
        return switch (this) {
            case Link(var peer) -> Optional.of(peer.name());
            case Unlink(var peer, var flush) -> Optional.of(peer.name());
            case Exit(var target, var reason, var toItself) -> Optional.of(target.name());
            case Monitor(Target.ByProcess(var name), var as) -> Optional.of(name);
            case Send(Target.ByProcess(var name), var text) -> Optional.of(name);
            default -> Optional.empty();
        };
    }
}
