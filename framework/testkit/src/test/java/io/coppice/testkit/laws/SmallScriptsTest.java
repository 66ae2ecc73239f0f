package io.coppice.testkit.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.testkit.Hunt;
import io.coppice.testkit.Search;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.jqwik.Scripts;
import io.coppice.testkit.model.Model;
import io.coppice.testkit.model.World;
import io.coppice.testkit.script.Kind;
import io.coppice.testkit.script.Mix;
import io.coppice.testkit.script.Mix.Word;
import io.coppice.testkit.script.Outcome;
import io.coppice.testkit.script.Outcome.Ended;
import io.coppice.testkit.script.Outcome.Fate;
import io.coppice.testkit.script.Script;
import io.coppice.testkit.script.Stage;

import net.jqwik.api.sessions.JqwikSession;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Small scripts under all schedules with some pre-emptions. What is reached lies between two sets:
 * all that the model allows, where any signal may be under way for as long as it likes, and what it
 * allows if signals arrive before anybody goes on, which is what signals of a node do (ADR 2).
 */
class SmallScriptsTest {

    private static final int SCRIPTS = Integer.getInteger("small.scripts", 60);
    private static final long SEED = 5;
    private static final int MOST_SCHEDULES = 3_000;
    private static final int MOST_PREEMPTIONS = 3;
    private static final Model MODEL = new Model(20_000);

    /**
     * In which everybody knows everybody: what is left out is no act, at which others may go on.
     */
    private static final Mix SMALL =
            Mix.of(3)
                    .then(
                            1,
                            2,
                            Word.LINK,
                            Word.LINK,
                            Word.UNLINK,
                            Word.STOP,
                            Word.KILL,
                            Word.TRAP_ON,
                            Word.EXIT,
                            Word.MONITOR,
                            Word.SEND,
                            Word.REGISTER);

    private static final Mix WITH_CHILDREN =
            Mix.of(2)
                    .children(1)
                    .then(
                            2,
                            2,
                            Word.LINK,
                            Word.KILL,
                            Word.EXIT,
                            Word.STOP,
                            Word.SPAWN_LINKED,
                            Word.START,
                            Word.START);

    @Test
    void all_that_signals_lead_to_that_arrive_at_once_is_reached() {
        JqwikSession.run(
                () -> {
                    var scripts =
                            scripts(SMALL)
                                    .filter(script -> atOnce(script).size() > 1)
                                    .limit(SCRIPTS);
                    long tried = scripts.filter(SmallScriptsTest::isAllReached).count();
                    assertThat(tried).as("scripts tried to the end").isGreaterThan(SCRIPTS * 3 / 4);
                });
    }

    @Test
    void all_that_is_reached_is_allowed() {
        JqwikSession.run(
                () ->
                        Stream.concat(
                                        scripts(SMALL).limit(SCRIPTS),
                                        scripts(WITH_CHILDREN).limit(SCRIPTS))
                                .forEach(
                                        script -> {
                                            var seen = new HashSet<Outcome>();
                                            search(script, 1, seen);
                                            assertThat(seen)
                                                    .as("%s", script)
                                                    .allMatch(
                                                            outcome -> isAllowed(script, outcome));
                                        }));
    }

    private static boolean isAllowed(Script script, Outcome outcome) {
        return MODEL.allows(script, outcome) != Model.Answer.FORBIDDEN;
    }

    private static Stream<Script> scripts(Mix mix) {
        return Scripts.of(mix).generator(SCRIPTS).stream(new Random(SEED))
                .map(script -> script.value());
    }

    /**
     * Performs {@code script} under all schedules with at most so many pre-emptions.
     *
     * @return whether that were all
     */
    private static boolean search(Script script, int preemptions, Set<Outcome> seen) {
        return Hunt.of(simulation -> seen.add(perform(script, simulation)))
                .withSearch(Search.exhaustive(preemptions))
                .withSchedules(MOST_SCHEDULES)
                .run()
                .complete();
    }

    /** Whether enough was tried to tell. */
    private static boolean isAllReached(Script script) {
        var missing = new HashSet<>(atOnce(script));
        var seen = new HashSet<Outcome>();
        boolean complete = true;
        for (int most = 0; most <= MOST_PREEMPTIONS && !missing.isEmpty(); most++) {
            complete = search(script, most, seen);
            missing.removeIf(outcome -> seen.stream().anyMatch(what -> is(what, outcome)));
        }
        if (complete) {
            assertThat(missing).as("%s, of which was seen %s", script, seen).isEmpty();
        }
        return missing.isEmpty();
    }

    private static Outcome perform(Script script, Simulation simulation) {
        return new Stage(simulation.node(), node -> simulation.settle(), Kind.ACTORS)
                .perform(script)
                .outcome();
    }

    /** Whether {@code seen} is {@code told}, as far as could be seen. */
    private static boolean is(Outcome seen, Outcome told) {
        return seen.fates().keySet().equals(told.fates().keySet())
                && seen.fates().keySet().stream()
                        .allMatch(who -> is(seen.fates().get(who), told.fates().get(who)));
    }

    private static boolean is(Fate seen, Fate told) {
        boolean isUnseen = seen instanceof Ended(var reason) && reason.isEmpty();
        return isUnseen ? told instanceof Ended : Objects.equals(seen, told);
    }

    /** All that {@code script} leads to if what is under way arrives before anybody goes on. */
    private static Set<Outcome> atOnce(Script script) {
        var found = new HashSet<Outcome>();
        var seen = new HashSet<World>();
        var open = new ArrayDeque<World>(List.of(World.at(script)));
        while (!open.isEmpty()) {
            var world = open.pop();
            if (!seen.add(world)) {
                continue;
            }
            var choices = choices(world);
            choices.forEach(choice -> open.push(world.step(choice)));
            if (choices.isEmpty() && world.isLastPhase()) {
                found.add(world.outcome());
            } else if (choices.isEmpty()) {
                open.push(world.nextPhase());
            }
        }
        return found;
    }

    private static List<World.Choice> choices(World world) {
        var all = world.choices();
        var first = all.stream().filter(SmallScriptsTest::isAtOnce).toList();
        return first.isEmpty() ? all : first;
    }

    /** Of the last words of one to another, links come first. */
    private static boolean isAtOnce(World.Choice choice) {
        return choice instanceof World.BecomesKnown
                || choice instanceof World.Arrives(var from, var to, int place) && place == 0;
    }
}
