package io.coppice.testkit.laws;

import io.coppice.process.ExitReason;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Observation;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Ended;
import io.coppice.testkit.script.Outcome.Entry;
import io.coppice.testkit.script.Outcome.Heard;
import io.coppice.testkit.script.Outcome.Lives;
import io.coppice.testkit.script.Script;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a law can ask about a script and what was seen of it. */
record Evidence(Script script, Observation seen) {

    // What the script says

    SortedSet<String> processes() {
        return script.processes();
    }

    Stream<Act> acts(String who, Predicate<Act> which) {
        return script.actsOf(who).stream().filter(which);
    }

    boolean does(String who, Predicate<Act> which) {
        return acts(who, which).findAny().isPresent();
    }

    /** Whether somebody, itself included, sends {@code who} an exit signal on purpose. */
    boolean isSentExits(String who) {
        return script.acts().anyMatch(act -> act instanceof Act.Exit exit && is(exit, who));
    }

    private static boolean is(Act.Exit exit, String target) {
        return exit.target().equals(target);
    }

    /** Whether {@code from} sends {@code to} an exit signal on purpose. */
    boolean sendsExit(String from, String to) {
        return does(from, act -> act instanceof Act.Exit exit && is(exit, to));
    }

    boolean isSentKills(String who) {
        return script.acts().anyMatch(act -> act.equals(new Act.Kill(who)));
    }

    boolean unlinks(String who, String peer) {
        return does(who, act -> act instanceof Act.Unlink(var p, var f) && p.equals(peer));
    }

    /** Whether either takes a link between the two back. */
    boolean mayUnlink(String one, String other) {
        return unlinks(one, other) || unlinks(other, one);
    }

    boolean links(String who, String peer) {
        return does(who, act -> act.equals(new Act.Link(peer)));
    }

    /** Whether {@code parent} creates {@code child} linked. */
    boolean isBornLinked(String child, String parent) {
        return does(parent, act -> isBirth(act, child, true));
    }

    static boolean isBirth(Act act, String child, boolean linked) {
        return switch (act) {
            case Act.Spawn spawn -> spawn.child().equals(child) && spawn.linked() == linked;
            case Act.StartLinked(var started) -> started.equals(child) && linked;
            default -> false;
        };
    }

    /** Whether {@code who} traps exits from its first act to its end. */
    boolean alwaysTraps(String who) {
        var acts = script.actsOf(who);
        return !acts.isEmpty()
                && acts.getFirst().equals(new Act.Trap(true))
                && !acts.contains(new Act.Trap(false));
    }

    boolean neverTraps(String who) {
        return !script.actsOf(who).contains(new Act.Trap(true));
    }

    // What was seen

    /** Those who live and have trapped exits from the beginning. */
    List<String> witnesses() {
        return processes().stream().filter(this::lives).filter(this::alwaysTraps).toList();
    }

    SortedSet<String> living() {
        var living = new TreeSet<>(processes());
        living.removeIf(who -> !lives(who));
        return living;
    }

    SortedSet<String> dead() {
        var dead = new TreeSet<>(processes());
        dead.removeIf(who -> !hasEnded(who));
        return dead;
    }

    boolean lives(String who) {
        return seen.outcome().lives(who);
    }

    boolean hasEnded(String who) {
        return seen.outcome().hasEnded(who);
    }

    Optional<ExitReason> reason(String who) {
        return seen.outcome().fates().get(who) instanceof Ended(var reason)
                ? reason
                : Optional.empty();
    }

    Set<String> linksOf(String who) {
        return seen.outcome().fates().get(who) instanceof Lives lives ? lives.links() : Set.of();
    }

    List<Entry> log(String who) {
        return seen.outcome().logOf(who);
    }

    long count(String who, Predicate<Entry> which) {
        return log(who).stream().filter(which).count();
    }

    /** How many exits of {@code from} the process {@code who} has heard. */
    long heard(String who, String from) {
        return count(who, entry -> isExitOf(entry, from));
    }

    static boolean isExitOf(Entry entry, String from) {
        return entry instanceof Heard(var sender, var reason) && sender.equals(from);
    }

    static boolean isDone(Entry entry, Act act) {
        return entry instanceof Did(var done, var result)
                && done.equals(act)
                && !result.equals(Did.LEFT_OUT);
    }

    /** How often {@code who} has done {@code act}, not counting where it was left out. */
    long done(String who, Act act) {
        return count(who, entry -> isDone(entry, act));
    }
}
