package io.coppice.examples.benchmarks;

import io.coppice.actor.Node;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A tree under load in which processes are killed at random, supervisors too; then everything must
 * be as it was before.
 */
final class Soak implements Measurement {

    private static final ExitReason SOAKED = ExitReason.custom("soaked");
    private static final long BETWEEN_KILLS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String purpose() {
        return "random kills in a tree under load: nothing leaks, nobody is orphaned";
    }

    @Override
    public Map<String, Double> defaults() {
        return Map.of(
                "minutes", 30.0, "kills", 1_000.0, "warm-up", 30.0, "settle", 45.0, "every", 10.0);
    }

    @Override
    public boolean run(Options options, PrintStream out) throws Exception {
        var ground = new Ground();
        try (var node = Node.start(ground.tree())) {
            var census = new Census(node, out);
            var killer = new Killer(node, ground, options.count("kills"));
            live(options.seconds("warm-up"), ground, killer, () -> {});
            var before = census.calm(options.seconds("settle"));
            census.head(killer.kills());
            long sampleNanos = Math.max(1, options.seconds("every").toNanos());
            var nextSample = new AtomicLong(System.nanoTime() + sampleNanos);
            live(
                    options.minutes("minutes"),
                    ground,
                    killer,
                    () -> {
                        if (System.nanoTime() >= nextSample.get()) {
                            nextSample.addAndGet(sampleNanos);
                            census.line(killer.kills());
                        }
                    });
            census.line(killer.kills());
            var after = census.calm(options.seconds("settle"));
            boolean holds = census.check(before, after);
            node.close();
            return census.checkEnd() && holds;
        }
    }

    /** Load and kills for {@code time}; {@code meanwhile} is looked after about once a second. */
    private static void live(Duration time, Ground ground, Killer killer, Runnable meanwhile)
            throws InterruptedException {
        ground.setBusy(true);
        killer.begin();
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            meanwhile.run();
        }
        killer.end();
        ground.setBusy(false);
    }

    /** Kills at a rate: most by a kill, some by an exit; a supervisor now and then. */
    private static final class Killer {
        private final Node node;
        private final Ground ground;
        private final int perSecond;
        private final AtomicLong kills = new AtomicLong();
        private AtomicBoolean over = new AtomicBoolean(true);
        private Thread thread = Thread.currentThread();

        Killer(Node node, Ground ground, int perSecond) {
            this.node = node;
            this.ground = ground;
            this.perSecond = perSecond;
        }

        long kills() {
            return kills.get();
        }

        void begin() {
            var end = new AtomicBoolean();
            over = end;
            thread = Thread.ofPlatform().daemon().name("killer").start(() -> run(end));
        }

        void end() throws InterruptedException {
            over.set(true);
            thread.join();
        }

        private void run(AtomicBoolean end) {
            long begun = System.nanoTime();
            for (long done = 0; !end.get(); ) {
                long due = (long) ((System.nanoTime() - begun) / 1e9 * perSecond);
                while (done < due && !end.get()) {
                    done += victim().map(this::kill).orElse(0);
                }
                LockSupport.parkNanos(BETWEEN_KILLS_NANOS);
            }
        }

        private Optional<Pid> victim() {
            return ThreadLocalRandom.current().nextInt(100) == 0
                    ? Ground.anySupervisor(node)
                    : ground.anyone(node);
        }

        private int kill(Pid victim) {
            if (ThreadLocalRandom.current().nextInt(5) == 0) {
                node.exit(victim, SOAKED);
            } else {
                node.kill(victim);
            }
            kills.incrementAndGet();
            return 1;
        }
    }
}
