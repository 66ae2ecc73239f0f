package io.coppice.supervision.laws;

import io.coppice.actor.Node;
import io.coppice.supervision.laws.Claim.Performance;
import io.coppice.supervision.laws.Claim.Venue;
import io.coppice.testkit.laws.LawBroken;
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
import java.util.List;
import java.util.function.Consumer;

/**
 * The laws of supervision, to which a node of your own configuration is held by a class of five
 * lines:
 *
 * <pre>{@code
 * class OneWorkerSupervisionLawsTest extends SupervisionLaws {
 *     static final Node NODE = Node.start(NodeOptions.defaults().withWorkers(1));
 *     @Override protected Node node() { return NODE; }
 * }
 * }</pre>
 *
 * <p>Each law is a jqwik property over generated trees and what is done to them. How many is said
 * by jqwik's own {@code jqwik.tries.default}. A law that is broken shows the smallest script found,
 * what was seen, and a test that performs it again. A property also fails if no script put its law
 * to the test. In simulations: {@link SimulatedSupervisionLaws}.
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

    /** Performs {@code claim} and tells what was seen; by default once, on {@link #node}. */
    List<Performance> perform(Claim claim) {
        var venue = Venue.on(Stage.on(node(), Kind.ACTORS, PATIENCE));
        return List.of(claim.look().apply(venue));
    }

    /**
     * Performs {@code script} some times, and looks each time whether the law was kept.
     *
     * @throws LawBroken if it was not
     */
    protected final void hold(SupervisionLaw law, TreeScript script) {
        repeat(Claim.of(law, script));
    }

    /**
     * Performs {@code script} some times, one thing after the other.
     *
     * @throws LawBroken if its trace is not that of the model
     */
    protected final void allow(TreeScript script) {
        repeat(Claim.ofTheModel(script));
    }

    /**
     * Performs {@code script} some times, in which children end, all of them at once.
     *
     * @throws LawBroken if something happens that the model does not allow; of what is too much for
     *     the model, anything may
     */
    protected final void allowAtOnce(TreeScript script) {
        TreeModel.atOnce(script).ifPresent(allowed -> repeat(Claim.atOnce(script, allowed)));
    }

    /**
     * Kills a supervisor while it waits for a child to stop, some times.
     *
     * @throws LawBroken if anybody survives it
     */
    protected final void killWhileItStops() {
        repeat(Claim.ofOneKilledWhileItStops());
    }

    private void repeat(Claim claim) {
        for (int i = 0; i < REPEATS; i++) {
            keep(claim);
        }
    }

    /** Whether it was put to the test. */
    private boolean keep(Claim claim) {
        var all = perform(claim);
        all.stream()
                .filter(Performance::isBroken)
                .findFirst()
                .ifPresent(
                        broken -> {
                            throw new LawBroken(() -> shown(claim, broken));
                        });
        return all.stream().anyMatch(Performance::wasTested);
    }

    /** What a broken law says to people. */
    String shown(Claim claim, Performance broken) {
        return claim.text(broken)
                + "To perform it again, in a class that extends SupervisionLaws:\n"
                + "    @Example\n    void it_happens_again() {\n        "
                + claim.call()
                + ";\n    }\n";
    }

    private void check(SupervisionLaw law, TreeScript script) {
        boolean wasTested = keep(Claim.of(law, script));
        Statistics.label(law.name()).collect(wasTested ? "put to the test" : "not");
        Statistics.label(law.name())
                .coverage(
                        coverage ->
                                coverage.check("put to the test")
                                        .count((Consumer<Integer>) SupervisionLaws::requireAny));
    }

    private static void requireAny(int scripts) {
        if (scripts == 0) {
            throw new AssertionError(
                    "no script put this law to the test: raise jqwik.tries.default, to 50 or more");
        }
    }

    // What the model says

    /** Where one thing happens after the other there is one trace: that of the model. */
    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void one_thing_after_the_other_has_the_trace_of_the_model(
            @ForAll("anything") TreeScript script) {
        keep(Claim.ofTheModel(script));
    }

    /** Where children end at once, what happens is among all that the model allows. */
    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void what_happens_at_once_is_what_the_model_allows(@ForAll("endsAtOnce") TreeScript script) {
        var allowed = TreeModel.atOnce(script);
        Statistics.label("the model knows")
                .collect(allowed.map(all -> all.size() > 1 ? "several ways" : "one").orElse("not"));
        allowed.ifPresent(all -> keep(Claim.atOnce(script, all)));
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
        killWhileItStops();
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
