package io.coppice.internal.run;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Program;
import io.coppice.actor.Zombie;
import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** The list of zombies: whoever is entered leaves, however kill and handler meet. */
@ParameterizedClass
@EnumSource(Kind.class)
class ZombiesTest {

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    private Zombies zombies() {
        return ((LocalNode) house.node()).zombies;
    }

    private ActorRef<Object> victim() {
        ActorFactory<Object> actor =
                context ->
                        message -> {
                            if (message.equals("stop")) {
                                context.stop(NORMAL);
                            }
                        };
        Program<Object> program =
                (context, inbox) -> {
                    while (!inbox.take().equals("stop")) {
                        Thread.onSpinWait();
                    }
                };
        return kind == Kind.ACTOR ? house.node().spawn(actor) : house.node().spawn(program);
    }

    private static void dither(SplittableRandom random, int most) {
        for (int left = random.nextInt(most); left > 0; left--) {
            Thread.onSpinWait();
        }
    }

    @Test
    void nobody_is_left_when_there_was_nobody() {
        assertThat(zombies().none()).isCompleted();
    }

    @Test
    void who_waits_for_the_last_is_told_when_it_comes_back() {
        var door = house.door();
        var entered = new CountDownLatch(2);
        var first = house.puppet(kind);
        var second = house.puppet(kind);
        for (var one : List.of(first, second)) {
            one.tell(
                    context -> {
                        entered.countDown();
                        Waiting.stubbornlyOn(door);
                    });
        }
        Waiting.on(entered);
        house.node().kill(first.pid());
        var none = zombies().none();
        house.node().kill(second.pid());

        assertThat(none).isNotDone();
        door.countDown();
        Waiting.of(none);
        assertThat(house.node().zombies()).isEmpty();
    }

    @Test
    void whoever_was_killed_at_any_moment_has_left_in_the_end() {
        var random = new SplittableRandom(5);
        for (int round = 0; round < Duel.rounds(10_000); round++) {
            var process = victim();
            dither(random, 1_000);
            for (int i = random.nextInt(100); i > 0; i--) {
                process.send(i);
            }
            if (round % 2 == 0) {
                process.send("stop"); // so that its own end and the kill race
            }
            dither(random, 2_000);
            house.node().kill(process.pid());
        }
        Waiting.of(zombies().none());

        assertThat(house.node().zombies()).isEmpty();
    }

    @Test
    void a_process_that_is_killed_before_it_has_begun_leaves() {
        for (int round = 0; round < Duel.rounds(2_000); round++) {
            house.node().kill(victim().pid());
        }
        Waiting.of(zombies().none());

        assertThat(house.node().zombies()).isEmpty();
    }

    @Test
    void one_that_has_killed_itself_is_listed_until_it_comes_back() {
        var process = house.puppet(kind);
        var seen = new CompletableFuture<List<Zombie>>();
        process.tell(
                context -> {
                    try {
                        context.kill(process.pid());
                    } finally {
                        seen.complete(house.node().zombies());
                    }
                });

        assertThat(Waiting.of(seen))
                .singleElement()
                .matches(zombie -> zombie.pid() == process.pid())
                .matches(zombie -> zombie.reason().equals(KILLED));
        Waiting.of(zombies().none());
    }

    @Test
    void a_process_that_ends_by_itself_is_not_even_entered() {
        var process = victim();
        var nobody =
                house.node().ended(process.pid()).thenApply(reason -> zombies().none().isDone());
        process.send("stop");

        assertThat(Waiting.of(nobody)).isTrue();
    }
}
