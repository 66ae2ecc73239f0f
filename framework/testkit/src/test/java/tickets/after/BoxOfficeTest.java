package tickets.after;

import static org.assertj.core.api.Assertions.assertThat;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.SpawnOptions;
import io.coppice.testkit.Simulated;
import io.coppice.testkit.Simulation;

class BoxOfficeTest {

    @Simulated
    void the_last_seat_is_sold_once(Simulation simulation) {
        var node = simulation.node();
        var hall =
                node.start(
                        context -> new Hall(1),
                        SpawnOptions.<Hall.Message>defaults().withLabel("hall"));
        var left =
                node.start(
                        context -> new Desk(hall),
                        SpawnOptions.<String>defaults().withLabel("left"));
        var right =
                node.start(
                        context -> new Desk(hall),
                        SpawnOptions.<String>defaults().withLabel("right"));

        left.send("Ann");
        right.send("Bob");
        simulation.settle();

        assertThat(hall.call(Hall.Message.Sold::new, ofSeconds(1))).hasSize(1);
    }
}
