package io.coppice.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartResult;
import io.coppice.fixture.House;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.concurrent.CompletableFuture;

/** What whoever waits for a start can count on when it is told. */
class StarterTest {

    @RegisterExtension private final House house = new House();

    @Test
    void when_it_is_told_that_an_actor_runs_the_opening_is_in_the_mailbox() {
        var node = (LocalNode) house.node();
        ActorFactory<Object> factory =
                context -> {
                    context.holdStart();
                    return message -> context.started();
                };
        var acceptedWhenTold = new CompletableFuture<Long>();
        long before = node.fates().accepted();
        SpawnOptions<Object> options = SpawnOptions.defaults();
        var starter =
                new Starter<>(options, null) {
                    @Override
                    void tell(StartResult<Object> told) {
                        acceptedWhenTold.complete(node.fates().accepted());
                    }
                };
        var child = Birth.of(factory, node, options, null).run(starter);
        house.keepRef(child).send("go on");

        long itsInitTheMessageAndTheOpening = before + 3;
        assertThat(Waiting.of(acceptedWhenTold)).isEqualTo(itsInitTheMessageAndTheOpening);
    }
}
