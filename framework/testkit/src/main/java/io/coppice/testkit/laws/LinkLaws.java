package io.coppice.testkit.laws;

import io.coppice.actor.Node;
import io.coppice.testkit.model.Model;
import io.coppice.testkit.script.Kind;
import io.coppice.testkit.script.Observation;
import io.coppice.testkit.script.Script;
import io.coppice.testkit.script.Stage;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The laws of links, monitors, kills, names and messages, to which a node of your own configuration
 * is held by a class of five lines:
 *
 * <pre>{@code
 * class OneWorkerLawsTest extends LinkLaws {
 *     static final Node NODE = Node.start(NodeOptions.defaults().withWorkers(1));
 *     @Override protected Node node() { return NODE; }
 * }
 * }</pre>
 *
 * <p>Each law is a jqwik property over generated scripts. How many is said by jqwik's own {@code
 * jqwik.tries.default}. A law that is broken shows the shortest script found, what was seen, and a
 * test that performs it again. A property also fails if no script put its law to the test. On
 * simulated nodes: {@link SimulatedLinkLaws}.
 */
@StatisticsReport(onFailureOnly = true)
public abstract class LinkLaws {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int REPEATS = 3;
    private static final Model MODEL = new Model(100_000);

    /** For the class that says which node. */
    protected LinkLaws() {}

    /**
     * The node that is held to the laws. May be the same each time; nothing else should happen on
     * it.
     */
    protected abstract Node node();

    /** Waits until nothing is under way on {@code node}; by default for threads that do it. */
    protected Stage stage(Node node, Kind kind) {
        return Stage.on(node, kind, PATIENCE);
    }

    /** Performs {@code script} and tells what was seen; by default with processes of all kinds. */
    protected List<Observation> perform(Script script) {
        var node = node();
        return Stream.of(Kind.values()).map(kind -> stage(node, kind).perform(script)).toList();
    }

    /**
     * Performs {@code script} some times, and looks each time whether the law was kept.
     *
     * @throws LawBroken if it was not
     */
    protected final void hold(Law law, Script script) {
        for (int i = 0; i < REPEATS; i++) {
            keep(law, script);
        }
    }

    private void keep(Law law, Script script) {
        boolean wasTested = false;
        for (var seen : perform(script)) {
            var ruling = law.check(script, seen);
            wasTested |= ruling.wasTested();
            if (!ruling.violations().isEmpty()) {
                throw broken(law, ruling.violations(), script, seen);
            }
        }
        Statistics.label(law.name()).collect(wasTested ? "put to the test" : "not");
    }

    private LawBroken broken(@Nullable Law law, List<String> how, Script script, Observation seen) {
        var broken = new LawBroken.Broken(law, how, script, seen);
        return new LawBroken(() -> shown(broken));
    }

    /** What a broken law says to people. */
    String shown(LawBroken.Broken broken) {
        return LawBroken.onThreads(broken);
    }

    /** Whether what happens is what the model allows: this one needs no law. */
    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void what_happens_is_what_the_model_allows(@ForAll @Everything Script script) {
        for (var seen : perform(script)) {
            var answer = MODEL.allows(script, seen.outcome());
            if (answer == Model.Answer.FORBIDDEN) {
                throw broken(null, List.of(), script, seen);
            }
            Statistics.label("the model says").collect(answer);
        }
    }

    private void check(Law law, Script script) {
        keep(law, script);
        Statistics.label(law.name())
                .coverage(
                        coverage ->
                                coverage.check("put to the test")
                                        .count((Consumer<Integer>) LinkLaws::requireAny));
    }

    private static void requireAny(int scripts) {
        if (scripts == 0) {
            throw new AssertionError(
                    "no script put this law to the test: raise jqwik.tries.default, to 50 or more");
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void links_have_two_ends(@ForAll @ScriptsOf(Law.LINKS_HAVE_TWO_ENDS) Script script) {
        check(Law.LINKS_HAVE_TWO_ENDS, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void one_exit_per_link_per_death(
            @ForAll @ScriptsOf(Law.ONE_EXIT_PER_LINK_PER_DEATH) Script script) {
        check(Law.ONE_EXIT_PER_LINK_PER_DEATH, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void a_link_to_the_dead_is_answered_once(
            @ForAll @ScriptsOf(Law.A_LINK_TO_THE_DEAD_IS_ANSWERED_ONCE) Script script) {
        check(Law.A_LINK_TO_THE_DEAD_IS_ANSWERED_ONCE, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void unlink_then_silence(@ForAll @ScriptsOf(Law.UNLINK_THEN_SILENCE) Script script) {
        check(Law.UNLINK_THEN_SILENCE, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void unlink_spares(@ForAll @ScriptsOf(Law.UNLINK_SPARES) Script script) {
        check(Law.UNLINK_SPARES, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void reasons_are_passed_on(@ForAll @ScriptsOf(Law.REASONS_ARE_PASSED_ON) Script script) {
        check(Law.REASONS_ARE_PASSED_ON, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void exits_do_what_the_table_says(
            @ForAll @ScriptsOf(Law.EXITS_DO_WHAT_THE_TABLE_SAYS) Script script) {
        check(Law.EXITS_DO_WHAT_THE_TABLE_SAYS, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void kill_cannot_be_trapped(@ForAll @ScriptsOf(Law.KILL_CANNOT_BE_TRAPPED) Script script) {
        check(Law.KILL_CANNOT_BE_TRAPPED, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void kill_is_passed_on_as_killed(
            @ForAll @ScriptsOf(Law.KILL_IS_PASSED_ON_AS_KILLED) Script script) {
        check(Law.KILL_IS_PASSED_ON_AS_KILLED, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void the_order_of_a_pair_is_kept(
            @ForAll @ScriptsOf(Law.THE_ORDER_OF_A_PAIR_IS_KEPT) Script script) {
        check(Law.THE_ORDER_OF_A_PAIR_IS_KEPT, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void no_message_is_lost_between_the_living(
            @ForAll @ScriptsOf(Law.NO_MESSAGE_IS_LOST_BETWEEN_THE_LIVING) Script script) {
        check(Law.NO_MESSAGE_IS_LOST_BETWEEN_THE_LIVING, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void no_message_without_a_fate(
            @ForAll @ScriptsOf(Law.NO_MESSAGE_WITHOUT_A_FATE) Script script) {
        check(Law.NO_MESSAGE_WITHOUT_A_FATE, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void monitors_fire_once(@ForAll @ScriptsOf(Law.MONITORS_FIRE_ONCE) Script script) {
        check(Law.MONITORS_FIRE_ONCE, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void demonitor_then_silence(@ForAll @ScriptsOf(Law.DEMONITOR_THEN_SILENCE) Script script) {
        check(Law.DEMONITOR_THEN_SILENCE, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void monitors_have_two_ends(@ForAll @ScriptsOf(Law.MONITORS_HAVE_TWO_ENDS) Script script) {
        check(Law.MONITORS_HAVE_TWO_ENDS, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void a_child_is_linked_before_it_runs(
            @ForAll @ScriptsOf(Law.A_CHILD_IS_LINKED_BEFORE_IT_RUNS) Script script) {
        check(Law.A_CHILD_IS_LINKED_BEFORE_IT_RUNS, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void no_orphans(@ForAll @ScriptsOf(Law.NO_ORPHANS) Script script) {
        check(Law.NO_ORPHANS, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void a_failed_start_is_told_once(
            @ForAll @ScriptsOf(Law.A_FAILED_START_IS_TOLD_ONCE) Script script) {
        check(Law.A_FAILED_START_IS_TOLD_ONCE, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void names_are_free_before_news_of_a_death(
            @ForAll @ScriptsOf(Law.NAMES_ARE_FREE_BEFORE_NEWS_OF_A_DEATH) Script script) {
        check(Law.NAMES_ARE_FREE_BEFORE_NEWS_OF_A_DEATH, script);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void a_name_has_one_holder(@ForAll @ScriptsOf(Law.A_NAME_HAS_ONE_HOLDER) Script script) {
        check(Law.A_NAME_HAS_ONE_HOLDER, script);
    }
}
