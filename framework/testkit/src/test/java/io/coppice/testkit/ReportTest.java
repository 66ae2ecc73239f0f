package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.SpawnOptions;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What a failure says, how small it is, and that it can be repeated. */
class ReportTest {

    private static final Hunt LEADER =
            Hunt.of(Races::two_look_whether_there_is_a_leader)
                    .withName("two_look_whether_there_is_a_leader")
                    .withSeed(42);

    @Test
    void a_failure_says_how_it_comes_about_and_how_to_repeat_it() {
        var report = LEADER.run().failure().orElseThrow().report();
        assertThat(report)
                .isEqualTo(
                        """
                        two_look_whether_there_is_a_leader fails under schedule 4 (at random, seed 42):
                            org.opentest4j.AssertionFailedError: [ann lives]  Expecting value to be true but was false

                        Minimal schedule, first come first served but for 1 of 10 decisions:

                            outside           ann<1>            bob<2>
                            |--new----------->|                 |
                            |--new----------------------------->|
                            |--stand--------->|                 |
                            |--stand--------------------------->|
                            |                 [ init ]          |
                            |                 |                 [ init ]
                            |                 [ stand ]         |
                            |                 ~ held up         |
                            |                 |                 [ stand ]
                            |                 |                 = leader
                            |                 ! java.lang.IllegalArgumentExce...
                            |                 X crashed: java.lang.IllegalArg...

                                 1     0.000000  ann<1>    is created by outside
                                 2     0.000000  bob<2>    is created by outside
                                 3     0.000000  outside   sends stand to ann<1>
                                 4     0.000000  outside   sends stand to bob<2>
                                 5     0.000000  ann<1>    takes init
                                 6     0.000000  bob<2>    takes init
                                 7     0.000000  ann<1>    takes stand
                                 9     0.000000  ann<1>    is held up
                                 9     0.000000  bob<2>    takes stand
                                11     0.000000  bob<2>    has the name leader
                                12     0.000000  ann<1>    throws java.lang.IllegalArgumentException: \
                        the name "leader" is taken by bob<2>
                                12     0.000000  ann<1>    ends: crashed: java.lang.IllegalArgumentException: \
                        the name "leader" is taken by bob<2>

                        This test repeats it:

                            @Simulated
                            @Seed(value = 1242533817266198696L, schedule = "7:1")
                            void two_look_whether_there_is_a_leader_again(Simulation simulation) throws Exception {
                                two_look_whether_there_is_a_leader(simulation);
                            }
                        """);
    }

    @Test
    void a_replay_fails_in_the_same_way() {
        var failure = LEADER.run().failure().orElseThrow();
        assertThatThrownBy(() -> LEADER.replay(failure.replay()))
                .isInstanceOfSatisfying(
                        SimulationFailure.class,
                        again -> {
                            assertThat(again.failure().trace()).isEqualTo(failure.trace());
                            assertThat(again.failure().replay()).isEqualTo(failure.replay());
                        });
    }

    @Test
    void a_replay_of_what_is_mended_shows_its_trace() {
        var failure = LEADER.run().failure().orElseThrow();
        var trace = Hunt.of(Races::two_try_to_be_the_leader).replay(failure.replay());
        assertThat(trace.toString()).contains("ann<1>    has the name leader");
        assertThat(trace.diagram()).contains("= leader");
    }

    /** Seven is lucky until a two comes after it. */
    private static final class Lucky implements Actor<Integer> {
        private int last;

        @Override
        public void receive(Integer number) {
            if (last == 7 && number == 2) {
                throw new IllegalStateException("out of luck");
            }
            last = number;
        }
    }

    private static void luck_lasts(Simulation simulation) {
        var numbers =
                simulation.script(
                        chance -> {
                            var made = new ArrayList<Integer>();
                            for (int i = 0; i < 30; i++) {
                                made.add(chance.nextInt(10));
                            }
                            return made;
                        });
        ActorFactory<Integer> lucky = context -> new Lucky();
        var options = SpawnOptions.<Integer>defaults().withLabel("lucky");
        ActorRef<Integer> ref = simulation.node().start(lucky, options);
        numbers.forEach(ref::send);
        simulation.settle();
        assertThat(simulation.node().isAlive(ref.pid())).isTrue();
    }

    @Test
    void a_script_is_cut_down_to_what_the_failure_needs() {
        var hunt = Hunt.of(ReportTest::luck_lasts).withName("luck_lasts");
        var failure = hunt.run().failure().orElseThrow();
        assertThat(failure.report())
                .contains("Minimal script, 2 of 30:\n    7\n    2\n")
                .contains("It needs no special schedule");
        assertThat(failure.replay().script()).matches("\\d+ \\d+");
        assertThatThrownBy(() -> hunt.replay(failure.replay()))
                .isInstanceOf(SimulationFailure.class);
    }

    @Test
    void what_differs_from_run_to_run_is_said_to() {
        var runs = new AtomicInteger();
        var failure =
                Hunt.of(simulation -> assertThat(runs.incrementAndGet()).isNotEqualTo(5))
                        .run()
                        .failure()
                        .orElseThrow();
        assertThat(failure.number()).isEqualTo(5);
        assertThat(failure.report()).contains("It did not fail again when it was repeated");
    }

    @Test
    void a_schedule_is_written_as_it_is_read() {
        assertThatCode(() -> new Replay(1, "0 3", "4:1 17:2")).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Replay(1, "some", ""))
                .hasMessage("script: \"some\", must match all|none|\\d+( \\d+)*");
        assertThatThrownBy(() -> new Replay(1, "all", "4 1")).hasMessageStartingWith("schedule:");
        assertThat(new Replay(-1, "0 3", "4:1"))
                .hasToString("@Seed(value = -1L, script = \"0 3\", schedule = \"4:1\")");
    }

    private static Findings.Failure failureIn(String language) {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            return LEADER.run().failure().orElseThrow();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_report_is_the_same_in_every_country() {
        var report = LEADER.run().failure().orElseThrow().report();
        assertThat(failureIn("de-DE").report()).isEqualTo(report);
        assertThat(failureIn("ar-EG-u-nu-arab").report()).isEqualTo(report);
    }
}
