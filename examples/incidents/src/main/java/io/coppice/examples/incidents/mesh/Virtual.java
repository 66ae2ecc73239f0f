package io.coppice.examples.incidents.mesh;

import io.coppice.examples.incidents.stage.Facts;
import io.coppice.testkit.Findings;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Search;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.List;

/** Runs what happens in virtual time, where nobody waits and a seed decides who goes next. */
final class Virtual {

    /** How many schedules are enough where any of them would do. */
    static final int SCHEDULES = 10;

    private static final int STEPS = 10_000_000;

    private Virtual() {}

    /** What happens, told by facts. */
    interface Scene {
        Facts play(Simulation simulation) throws Exception;
    }

    /** First come, first served. */
    static Facts once(Scene scene) {
        return seen(scene, Hunt::run).getFirst();
    }

    /**
     * Under so many schedules, drawn by lot.
     *
     * @return {@code right}, or what was seen first that is not
     */
    static Facts under(int schedules, Facts right, Scene scene) {
        return seen(
                        scene,
                        hunt -> hunt.withSearch(Search.atRandom()).withSchedules(schedules).run())
                .stream()
                .filter(facts -> !facts.equals(right))
                .findFirst()
                .orElse(right);
    }

    /** How schedules are looked for. */
    interface Tried {
        Findings in(Hunt hunt);
    }

    private static List<Facts> seen(Scene scene, Tried tried) {
        var all = new ArrayList<Facts>();
        var hunt =
                Hunt.of(simulation -> all.add(scene.play(simulation)))
                        .withSearch(Search.exhaustive(0))
                        .withSchedules(1)
                        .withSteps(STEPS);
        tried.in(hunt)
                .failure()
                .ifPresent(
                        failure -> {
                            throw new IllegalStateException(failure.cause());
                        });
        return all;
    }
}
