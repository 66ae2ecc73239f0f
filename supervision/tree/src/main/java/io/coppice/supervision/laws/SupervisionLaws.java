package io.coppice.supervision.laws;

import io.coppice.actor.Node;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.script.Kind;
import io.coppice.testkit.script.Stage;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The laws of supervision, to which a node of your own configuration is held by a class of five
 * lines:
 *
 * <pre>{@code
 * class OneWorkerSupervisionLaws extends SupervisionLaws {
 *     static final Node NODE = Node.start(NodeOptions.defaults().withWorkers(1));
 *     @Override protected Node node() { return NODE; }
 * }
 * }</pre>
 *
 * <p>Each law is a jqwik property over generated trees and what is done to them. How many is said
 * by jqwik's own {@code jqwik.tries.default}. A law that is broken shows the smallest script found,
 * what was seen, and a test that performs it again. A property also fails if no script put its law
 * to the test. In simulations, under five schedules each, a class that overrides {@link #onStages}
 * by {@link #simulated}.
 */
@StatisticsReport(onFailureOnly = true)
public abstract class SupervisionLaws {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int REPEATS = 3;

    /** For the class that says which node. */
    protected SupervisionLaws() {}

    /**
     * The node that is held to the laws. May be the same each time; nothing else should happen on
     * it.
     */
    protected abstract Node node();

    /** Lets {@code play} happen, and tells what it saw; by default once, on {@link #node}. */
    protected <T> List<T> onStages(Function<Stage, T> play) {
        return List.of(play.apply(Stage.on(node(), Kind.ACTORS, PATIENCE)));
    }

    /**
     * Lets {@code play} happen in simulations.
     *
     * @param schedules how many: 1 or more
     */
    protected static <T> List<T> simulated(int schedules, Function<Stage, T> play) {
        var seen = new ArrayList<T>();
        Hunt.of(
                        simulation ->
                                seen.add(
                                        play.apply(
                                                new Stage(
                                                        simulation.node(),
                                                        node -> simulation.settle(),
                                                        Kind.ACTORS))))
                .withSchedules(schedules)
                .check();
        return seen;
    }

    /**
     * Performs {@code script} some times, and looks each time whether the law was kept.
     *
     * @throws SupervisionLawBroken if it was not
     */
    protected final void hold(SupervisionLaw law, TreeScript script) {
        for (int i = 0; i < REPEATS; i++) {
            keep(law, script);
        }
    }

    private void keep(SupervisionLaw law, TreeScript script) {
        boolean wasTested = false;
        for (var seen : onStages(stage -> TreePlayer.play(script, stage))) {
            var ruling = law.check(script, seen);
            wasTested |= ruling.wasTested();
            if (!ruling.violations().isEmpty()) {
                throw new SupervisionLawBroken(law, ruling.violations(), script, seen);
            }
        }
        Statistics.label(law.name()).collect(wasTested ? "put to the test" : "not");
    }

    private void check(SupervisionLaw law, TreeScript script) {
        keep(law, script);
        Statistics.label(law.name())
                .coverage(coverage -> coverage.check("put to the test").count(count -> count > 0));
    }

    // What the model says

    /** Where one thing happens after the other there is one trace: that of the model. */
    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void one_thing_after_the_other_has_the_trace_of_the_model(
            @ForAll("anything") TreeScript script) {
        var expected = TreeModel.trace(script);
        for (var seen : onStages(stage -> TreePlayer.play(script, stage))) {
            if (!seen.lines().equals(expected)) {
                throw new SupervisionLawBroken(
                        "what happens is what happens in the model:\n"
                                + String.join("\n", expected).indent(4),
                        script,
                        seen.toString(),
                        "one_thing_after_the_other_has_the_trace_of_the_model(");
            }
        }
    }

    /** Where children end at once, what happens is among all that the model allows. */
    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void what_happens_at_once_is_what_the_model_allows(@ForAll("endsAtOnce") TreeScript script) {
        var allowed = TreeModel.atOnce(script);
        Statistics.label("the model knows")
                .collect(allowed.map(all -> all.size() > 1 ? "several ways" : "one").orElse("not"));
        if (allowed.isEmpty()) {
            return;
        }
        for (var seen : onStages(stage -> TreePlayer.playAtOnce(script, stage))) {
            if (!allowed.get().contains(seen)) {
                throw new SupervisionLawBroken(
                        "what happens at once is what the model allows, one of:\n"
                                + allowed.get().toString().indent(4),
                        script,
                        String.join("\n", seen) + "\n",
                        "what_happens_at_once_is_what_the_model_allows(");
            }
        }
    }

    // The laws

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void restarted_by_strategy(@ForAll("ends") TreeScript script) {
        check(SupervisionLaw.RESTARTED_BY_STRATEGY, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void restarted_by_type(@ForAll("ends") TreeScript script) {
        check(SupervisionLaw.RESTARTED_BY_TYPE, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void stopped_before_started(@ForAll("ends") TreeScript script) {
        check(SupervisionLaw.STOPPED_BEFORE_STARTED, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void stopped_in_reverse(@ForAll("ends") TreeScript script) {
        check(SupervisionLaw.STOPPED_IN_REVERSE, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void budget(@ForAll("ends") TreeScript script) {
        check(SupervisionLaw.BUDGET, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void a_failed_start_stops_all(@ForAll("starts") TreeScript script) {
        check(SupervisionLaw.A_FAILED_START_STOPS_ALL, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void no_survivors(@ForAll("anything") TreeScript script) {
        check(SupervisionLaw.NO_SURVIVORS, script);
    }

    /** Not even of a supervisor that is killed while it waits for a child to stop. */
    @Example
    void no_survivors_of_a_supervisor_killed_while_it_stops() {
        for (int i = 0; i < REPEATS; i++) {
            for (var survivors : onStages(TreePlayer::killedWhileItStops)) {
                if (!survivors.isEmpty()) {
                    throw new AssertionError(String.join("\n", survivors));
                }
            }
        }
    }

    // What they are tried with

    @Provide
    Arbitrary<TreeScript> ends() {
        return TreeScripts.ends();
    }

    @Provide
    Arbitrary<TreeScript> anything() {
        return TreeScripts.anything();
    }

    @Provide
    Arbitrary<TreeScript> starts() {
        return TreeScripts.starts();
    }

    @Provide
    Arbitrary<TreeScript> endsAtOnce() {
        return TreeScripts.endsAtOnce();
    }
}
