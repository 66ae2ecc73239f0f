package io.coppice.supervision;

import static io.coppice.supervision.Trees.BOOM;
import static io.coppice.supervision.Trees.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.process.ExitReason;
import io.coppice.supervision.Stage.Init;
import io.coppice.supervision.laws.TreeModel;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The pure supervisor against OTP's algorithm written down a second time: {@link TreeModel}. */
class OtpProperties {

    /** What is done to a supervisor when it is quiet. */
    sealed interface Move {
        record Ends(String id, ExitReason reason) implements Move {}

        record Start(Child<Object> child) implements Move {}

        record Terminate(String id) implements Move {}

        record Restart(String id) implements Move {}

        record Delete(String id) implements Move {}

        record Sleep(long seconds) implements Move {}
    }

    /** What the init of each attempt does, decided by its name. */
    record World(int seed, int failuresOfTen) implements Function<String, Init> {
        @Override
        public Init apply(String attempt) {
            int roll = Math.floorMod((attempt + seed).hashCode() * 0x9E3779B9 >>> 8, 20);
            boolean isFirst = attempt.endsWith("#1"); // or most would end before they begin
            if (roll < (isFirst ? failuresOfTen / 4 : 2 * failuresOfTen)) {
                return Stage.fail("e");
            }
            return roll == 19 ? Stage.IGNORE : Stage.OK;
        }
    }

    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void every_script_has_the_trace_it_has_in_otp(
            @ForAll("trees") Supervisor tree,
            @ForAll("worlds") World world,
            @ForAll("scripts") List<Move> script,
            @ForAll @IntRange(max = 10) int openAfter) {
        var stage = Stage.of(tree).world(world).boot();
        var model = new TreeModel(tree, attempt -> inModel(world.apply(attempt)));
        model.start();

        int moves = 0;
        for (var move : script) {
            if (moves++ == openAfter) {
                stage.open();
            }
            checkOpen(stage, moves > openAfter && !model.isOver());
            assertThat(stage.trace).isEqualTo(model.trace());
            if (model.isOver()) {
                break;
            }
            assertThat(stage.which()).isEqualTo(model.whichChildren());
            assertThat(play(move, stage)).isEqualTo(play(move, model));
        }

        assertThat(stage.trace).isEqualTo(model.trace());
        assertThat(stage.end().isPresent()).isEqualTo(model.isOver());
        cover(tree, stage);
    }

    private static io.coppice.testkit.model.supervisor.Init inModel(Init init) {
        return switch (init) {
            case Init.Ok any -> new io.coppice.testkit.model.supervisor.Init.Ok(Optional.empty());
            case Init.Ignore ignore -> new io.coppice.testkit.model.supervisor.Init.Ignore();
            case Init.Fail(var reason) -> new io.coppice.testkit.model.supervisor.Init.Fail(reason);
            case Init.Hang hang -> throw new AssertionError("it would block");
        };
    }

    /** Between operations everybody is open, and nobody before the supervisor is. */
    private static void checkOpen(Stage stage, boolean isOpen) {
        if (isOpen) {
            assertThat(stage.shut()).isEmpty();
        } else {
            assertThat(stage.opened.isEmpty() || stage.end().isPresent()).isTrue();
        }
    }

    /** A run is worth something only if it has met the cases. */
    private static void cover(Supervisor tree, Stage stage) {
        boolean failed = stage.trace.stream().skip(5).anyMatch(line -> line.endsWith(" e"));
        Statistics.label("strategy")
                .collect(tree.strategy())
                .coverage(
                        it -> {
                            for (var strategy : Strategy.values()) {
                                it.check(strategy).percentage(share -> share > 20);
                            }
                        });
        Statistics.label("ended")
                .collect(stage.end().isPresent())
                .coverage(it -> it.check(true).percentage(share -> share > 20));
        Statistics.label("a restart failed")
                .collect(failed)
                .coverage(it -> it.check(true).percentage(share -> share > 10));
    }

    static String play(Move move, Stage stage) {
        return switch (move) {
            case Move.Ends(var id, var reason) -> {
                if (stage.isAlive(id)) {
                    stage.ends(id, reason);
                }
                yield "";
            }
            case Move.Start(var child) -> show(stage.startChild(child).answer());
            case Move.Terminate(var id) -> show(stage.terminate(id).answer());
            case Move.Restart(var id) -> show(stage.restart(id).answer());
            case Move.Delete(var id) -> show(stage.delete(id).answer());
            case Move.Sleep(var seconds) -> {
                stage.seconds(seconds);
                yield "";
            }
        };
    }

    static String play(Move move, TreeModel model) {
        return switch (move) {
            case Move.Ends(var id, var reason) -> {
                model.exit(id, reason);
                yield "";
            }
            case Move.Start(var child) -> model.startChild(child);
            case Move.Terminate(var id) -> model.terminateChild(id);
            case Move.Restart(var id) -> model.restartChild(id);
            case Move.Delete(var id) -> model.deleteChild(id);
            case Move.Sleep(var seconds) -> {
                model.sleep(seconds);
                yield "";
            }
        };
    }

    private static String show(ChildStart<?> answer) {
        return switch (answer) {
            case ChildStart.Started<?>(var child, var info) ->
                    "ok " + ((Stage.Paper) child.pid()).name;
            case ChildStart.Ignored<?> ignored -> "ok null";
            case ChildStart.Refused<?>(var why) -> why.getClass().getSimpleName();
        };
    }

    private static String show(Outcome answer) {
        return switch (answer) {
            case Outcome.Done() -> "ok";
            case Outcome.Refused(var why) -> why.getClass().getSimpleName();
        };
    }

    // What is tried

    @Provide
    Arbitrary<Supervisor> trees() {
        return io.coppice.supervision.jqwik.Trees.flat(Trees::child);
    }

    @Provide
    Arbitrary<World> worlds() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.integers().between(0, 6))
                .as(World::new);
    }

    @Provide
    Arbitrary<List<Move>> scripts() {
        var ids = Arbitraries.of("a", "b", "c", "d", "e", "f");
        var reasons =
                Arbitraries.of(
                        BOOM, BOOM, ExitReason.NORMAL, ExitReason.SHUTDOWN, ExitReason.KILLED);
        Arbitrary<Move> ends = Combinators.combine(ids, reasons).as(Move.Ends::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(10, ends),
                        Tuple.of(2, ids.map(Move.Terminate::new)),
                        Tuple.of(2, ids.map(Move.Restart::new)),
                        Tuple.of(1, ids.map(Move.Delete::new)),
                        Tuple.of(
                                2,
                                ids.flatMap(
                                        id ->
                                                io.coppice.supervision.jqwik.Trees.child(
                                                                id, Trees::child)
                                                        .map(Move.Start::new))),
                        Tuple.of(3, Arbitraries.longs().between(0, 4).map(Move.Sleep::new)))
                .list()
                .ofMaxSize(25);
    }
}
