package io.coppice.actor;

import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The interrupt that goes with a kill hits the killed, and nobody else who runs on its thread. */
@Tag("stress")
@ParameterizedClass(name = "{0} workers")
@ValueSource(ints = {1, 2})
class InterruptRaceTest {

    @RegisterExtension private final House house;

    InterruptRaceTest(int workers) {
        house = new House().withWorkers(workers);
    }

    private final AtomicInteger strays = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    /** Sends to itself for ever, and looks whether its thread has been interrupted. */
    private void innocents(int count) {
        for (int i = 0; i < count; i++) {
            ActorFactory<String> innocent =
                    context -> {
                        context.self().send("look");
                        return message -> {
                            for (int k = 0; k < 20; k++) {
                                if (Thread.interrupted()) {
                                    strays.incrementAndGet();
                                }
                            }
                            looks.incrementAndGet();
                            if (!over.get()) {
                                context.self().send("look");
                            }
                        };
                    };
            house.keepRef(house.node().start(innocent));
        }
    }

    private void killAll(int rounds, ActorFactory<Object> victim, int messages) {
        innocents(3);
        var random = new SplittableRandom(11);
        for (int round = 0; round < Duel.rounds(rounds); round++) {
            var process = house.node().spawn(victim);
            for (int i = 0; i < messages; i++) {
                process.send(i);
            }
            for (int dither = random.nextInt(2_000); dither > 0; dither--) {
                Thread.onSpinWait();
            }
            house.node().kill(process.pid());
        }
        over.set(true);
        house.quiet();

        assertThat(strays).as("interrupts that hit somebody else").hasValue(0);
        assertThat(looks).hasPositiveValue();
    }

    @Test
    void when_the_killed_has_many_short_messages() {
        // More than a batch, so that it is killed as it makes room for others too.
        killAll(10_000, context -> message -> {}, 200);
    }

    @Test
    void when_the_killed_is_in_its_init() {
        killAll(
                10_000,
                context -> {
                    for (int i = 0; i < 100; i++) {
                        Thread.onSpinWait();
                    }
                    return message -> {};
                },
                0);
    }

    @Test
    void when_the_killed_waits() {
        killAll(1_000, context -> message -> LockSupport.parkNanos(20_000), 2);
    }

    @Test
    void when_the_killed_ends_by_itself_at_that_moment() {
        killAll(
                10_000,
                context ->
                        message -> {
                            throw context.stop(ExitReason.NORMAL);
                        },
                1);
    }

    @Test
    void
            a_process_that_ends_by_itself_as_it_is_killed_stops_for_the_reason_it_gave_or_not_at_all() {
        List<String> wrong = new ArrayList<>();
        var handled = new AtomicInteger();
        var own = custom("its own");
        ActorFactory<Object> stopping =
                context ->
                        new Actor<>() {
                            @Override
                            public void receive(Object message) {
                                handled.incrementAndGet();
                                throw context.stop(own);
                            }

                            @Override
                            public void stopped(ExitReason reason) {
                                if (!reason.equals(own)) {
                                    synchronized (wrong) {
                                        wrong.add("stopped(" + reason + ")");
                                    }
                                }
                            }
                        };
        var maker = house.puppet();
        var killer = house.puppet();
        int batch = 10_000;
        for (int done = 0; done < Duel.rounds(100_000); done += batch) {
            var victims = new Pid[batch];
            var refs = new ArrayList<ActorRef<Object>>();
            for (int i = 0; i < batch; i++) {
                refs.add(house.node().spawn(stopping));
                victims[i] = refs.get(i).pid();
            }
            house.quiet();
            Duel.fight(
                    maker,
                    (context, round) -> refs.get(round).send("stop"),
                    killer,
                    (context, round) -> house.node().kill(victims[round]),
                    batch);
            house.quiet();
        }

        assertThat(wrong).isEmpty();
        assertThat(handled).hasPositiveValue();
        assertThat(house.crashes().events()).as("reports of crashes that were none").isEmpty();
        Waiting.until("the end of all").until(() -> house.node().processes() == 2);
    }
}
