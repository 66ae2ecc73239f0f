package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;

/** A process that is flooded, and opened, at every moment of its init. The kind is the child's. */
@Tag("stress")
@ParameterizedClass
@EnumSource(Kind.class)
class InitRaceTest {

    private static final int ROUNDS = Duel.rounds(50_000);
    private static final int OPENINGS = Duel.rounds(30_000);
    private static final int SENDERS = 3;
    private static final int EACH = 4;
    private static final int SPINS = 200;
    private static final int DITHER = 200;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final SpawnOptions<Object> SHUT = SpawnOptions.defaults().withHeldShut();

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    private record Item(int sender, int number) {}

    /** One process, from its init to the last message for it. */
    private static final class Round implements ActorFactory<Object>, Program<Object> {
        final List<String> wrong = new ArrayList<>();
        final AtomicInteger sent = new AtomicInteger();
        volatile ActorRef<Object> self;
        volatile boolean isOver;
        int openings;
        private final int[] next = new int[SENDERS];
        private final int initLasts;
        private boolean isInitDone;

        /**
         * @param initLasts until so many messages have been sent
         */
        Round(int initLasts) {
            this.initLasts = initLasts;
        }

        @Override
        public Actor<Object> create(Context<Object> context) {
            init(context);
            return new Actor<>() {
                @Override
                public void receive(Object message) {
                    handle((Item) message);
                }

                @Override
                public void opened() {
                    openings++;
                }
            };
        }

        @Override
        public void run(Context<Object> context, Inbox<Object> inbox) throws Exception {
            init(context);
            var early = inbox.takeUntilOpened();
            while (early.isPresent()) {
                handle((Item) early.get());
                early = inbox.takeUntilOpened();
            }
            openings++;
            while (true) {
                handle((Item) inbox.take());
            }
        }

        private void init(Context<Object> context) {
            self = context.self();
            spinUntil(() -> sent.get() >= initLasts);
            isInitDone = true;
        }

        void flood(int sender) {
            spinUntil(() -> self != null);
            for (int number = 0; number < EACH; number++) {
                self.send(new Item(sender, number));
                sent.incrementAndGet();
            }
        }

        private void handle(Item item) {
            if (!isInitDone) {
                wrong.add(item + " before init was done");
            }
            if (next[item.sender] != item.number) {
                wrong.add(item + " instead of " + next[item.sender]);
            }
            next[item.sender]++;
            int handled = 0;
            for (int count : next) {
                handled += count;
            }
            if (handled == SENDERS * EACH) {
                isOver = true;
            }
        }

        ActorRef<Object> startLinked(Context<Object> parent, Kind kind) {
            return kind == Kind.ACTOR
                    ? parent.startLinked((ActorFactory<Object>) this, SHUT)
                    : parent.startLinked((Program<Object>) this, SHUT);
        }

        ActorRef<Object> spawnLinked(Context<Object> parent, Kind kind) {
            return kind == Kind.ACTOR
                    ? parent.spawnLinked((ActorFactory<Object>) this, SHUT)
                    : parent.spawnLinked((Program<Object>) this, SHUT);
        }
    }

    private static void spinUntil(BooleanSupplier isSo) {
        for (int spins = 0; !isSo.getAsBoolean(); spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    @Test
    void nothing_is_handled_before_init_is_done_and_each_sender_is_heard_in_order() {
        var rounds = new AtomicReferenceArray<Round>(ROUNDS);
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            house.puppet()
                    .tell(
                            context -> {
                                for (int round = 0; round < ROUNDS; round++) {
                                    int now = round;
                                    spinUntil(() -> rounds.get(now) != null);
                                    rounds.get(round).flood(sender);
                                }
                            });
        }
        var random = new SplittableRandom(1);
        var checked =
                house.puppet()
                        .begin(
                                context -> {
                                    for (int i = 0; i < ROUNDS; i++) {
                                        var round = new Round(random.nextInt(SENDERS * EACH + 1));
                                        rounds.set(i, round);
                                        var child = round.startLinked(context, kind);
                                        spinUntil(() -> round.isOver);
                                        context.unlink(child.pid());
                                        context.kill(child.pid());
                                        assertThat(round.wrong).isEmpty();
                                        assertThat(round.openings).isZero();
                                    }
                                    return true;
                                });
        Waiting.of(checked, LONG);
    }

    @Test
    void a_process_opens_once_at_whatever_moment_of_its_init_it_is_opened() {
        var random = new SplittableRandom(2);
        var checked =
                house.puppet()
                        .begin(
                                context -> {
                                    for (int i = 0; i < OPENINGS; i++) {
                                        openAtSomeMoment(context, random);
                                    }
                                    return true;
                                });
        Waiting.of(checked, LONG);
    }

    private void openAtSomeMoment(Context<Object> context, SplittableRandom random) {
        var round = new Round(random.nextInt(2));
        var child = round.spawnLinked(context, kind);
        spinUntil(() -> round.self != null);
        round.sent.incrementAndGet();
        for (int dither = random.nextInt(DITHER); dither > 0; dither--) {
            Thread.onSpinWait();
        }
        context.open(child.pid());
        context.open(child.pid());
        for (int sender = 0; sender < SENDERS; sender++) {
            round.flood(sender);
        }
        spinUntil(() -> round.isOver);
        context.unlink(child.pid());
        context.kill(child.pid());
        assertThat(round.openings).isEqualTo(1);
    }
}
