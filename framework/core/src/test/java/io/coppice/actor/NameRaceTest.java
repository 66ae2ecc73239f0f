package io.coppice.actor;

import static io.coppice.process.ExitReason.NORMAL;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Names raced against deaths. */
@Tag("stress")
class NameRaceTest {

    private static final Name<Object> CROWN = Name.of("crown");
    private static final SpawnOptions<Object> CROWNED =
            SpawnOptions.<Object>defaults().withName(CROWN);
    private static final ActorFactory<Object> KING =
            context ->
                    message -> {
                        throw context.stop(NORMAL);
                    };

    @RegisterExtension private final House house = new House();

    @Test
    void once_a_death_has_been_heard_of_lookup_never_finds_the_dead_in_a_million_lookups()
            throws Exception {
        // A line of kings: the heir takes the name as soon as it hears of the death, and only then
        // is the number of the last dead king made known.
        var lastDead = new AtomicLong();
        var reign = new AtomicLong();
        var numbers = new ConcurrentHashMap<Pid, Long>();
        var over = new AtomicBoolean();
        var wrong = new AtomicInteger();
        var found = new AtomicInteger();
        var looked = new AtomicInteger();
        var herald = house.puppet();
        var succession = new CountDownLatch(1);
        herald.tell(context -> succeed(context, reign, numbers, lastDead, over, succession));
        int lookers = 2;
        try (var threads = Executors.newFixedThreadPool(lookers)) {
            for (int i = 0; i < lookers; i++) {
                threads.submit(
                        () -> {
                            while (looked.incrementAndGet() < Duel.MILLION) {
                                long dead = lastDead.get();
                                var king = house.node().registry().lookup(CROWN).orElse(null);
                                if (king != null) {
                                    found.incrementAndGet();
                                    if (numbers.get(king.pid()) <= dead) {
                                        wrong.incrementAndGet();
                                    }
                                    if (looked.get() % 8 == 0) {
                                        king.send("abdicate");
                                    } else if (looked.get() % 8 == 4) {
                                        house.node().kill(king.pid());
                                    }
                                }
                            }
                            return null;
                        });
            }
        }
        over.set(true);
        // One who is just being crowned would reign for ever.
        org.awaitility.Awaitility.await()
                .until(
                        () -> {
                            house.node()
                                    .registry()
                                    .lookup(CROWN)
                                    .ifPresent(king -> house.node().kill(king.pid()));
                            return succession.getCount() == 0;
                        });

        assertThat(wrong).as("lookups that found the dead").hasValue(0);
        assertThat(found).hasPositiveValue();
        assertThat(reign.get()).as("kings").isGreaterThan(100);
    }

    private void succeed(
            Context<Object> context,
            AtomicLong reign,
            ConcurrentHashMap<Pid, Long> numbers,
            AtomicLong lastDead,
            AtomicBoolean over,
            CountDownLatch succession) {
        long number = reign.incrementAndGet();
        ActorFactory<Object> crowned =
                king -> {
                    numbers.put(king.self().pid(), number);
                    king.node().registry().register(CROWN, king.self());
                    return KING.create(king);
                };
        context.spawnMonitored(
                crowned,
                SpawnOptions.defaults(),
                news -> {
                    lastDead.set(number);
                    if (over.get()) {
                        succession.countDown();
                        return "the end";
                    }
                    succeed(context, reign, numbers, lastDead, over, succession);
                    return "the king is dead";
                });
    }

    @Test
    void a_name_has_one_holder_however_many_ask_for_it() {
        var ann = house.puppet();
        var bob = house.puppet();
        var won = new int[2];
        int rounds = Duel.rounds(50_000);
        Duel.fight(
                ann,
                (context, round) -> won[0] += claim(context, round),
                bob,
                (context, round) -> won[1] += claim(context, round),
                rounds);
        house.quiet();

        assertThat(won[0] + won[1]).isGreaterThanOrEqualTo(rounds);
        assertThat(house.node().registry().lookup(CROWN)).isEmpty();
    }

    /** Claims the name of this round and, having won it, dies with it or hands it back. */
    private static int claim(Context<Object> context, int round) {
        var name = Name.<Object>of("claim " + round);
        ActorFactory<Object> claimant = child -> message -> {};
        try {
            var options = SpawnOptions.<Object>defaults().withName(name);
            var child = context.start(claimant, options);
            var found = context.node().registry().lookup(name).orElseThrow();
            assertThat(found).isEqualTo(child);
            if (round % 2 == 0) {
                context.node().registry().unregister(name);
            }
            context.kill(child.pid());
            return 1;
        } catch (StartFailure.InitFailed taken) {
            return 0;
        }
    }

    @Test
    void a_name_is_free_for_who_has_seen_the_death_of_its_holder_however_it_died() {
        var watcher = house.puppet();
        for (int round = 0; round < Duel.rounds(20_000); round++) {
            var holder = house.node().start(KING, CROWNED);
            if (round % 2 == 0) {
                watcher.does(context -> context.kill(holder.pid()));
            } else {
                holder.send("abdicate");
            }
            while (house.node().isAlive(holder.pid())) {
                Thread.onSpinWait();
            }
        }
        house.quiet();
        assertThat(house.node().registry().lookup(CROWN)).isEmpty();
    }
}
