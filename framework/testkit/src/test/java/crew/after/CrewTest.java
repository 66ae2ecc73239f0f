package crew.after;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.SpawnOptions;
import io.coppice.testkit.Simulated;
import io.coppice.testkit.Simulation;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The foreman of framework/docs/testing.md, mended. */
class CrewTest {

    enum Step {
        HIRE_ANN,
        HIRE_BOB,
        LET_THEM_WORK,
        REMOVE_FOREMAN
    }

    static List<Step> day(RandomGenerator chance) {
        var steps = Step.values();
        return Stream.generate(() -> steps[chance.nextInt(steps.length)]).limit(10).toList();
    }

    @Simulated
    void nobody_stays_without_a_foreman(Simulation simulation) {
        var node = simulation.node();
        var options = SpawnOptions.<Foreman.Message>defaults().withLabel("foreman");
        var foreman = node.start(Foreman::new, options);

        for (var step : simulation.script(CrewTest::day)) {
            switch (step) {
                case HIRE_ANN -> foreman.send(new Foreman.Message.Hire("ann"));
                case HIRE_BOB -> foreman.send(new Foreman.Message.Hire("bob"));
                case LET_THEM_WORK -> simulation.settle();
                case REMOVE_FOREMAN -> node.kill(foreman.pid());
            }
        }
        simulation.settle();

        if (!node.isAlive(foreman.pid())) {
            assertThat(node.processes()).as("orphans").isZero();
        }
    }
}
