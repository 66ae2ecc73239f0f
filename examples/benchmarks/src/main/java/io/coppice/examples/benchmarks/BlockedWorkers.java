package io.coppice.examples.benchmarks;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Node;
import io.coppice.actor.NodeOptions;
import io.coppice.examples.benchmarks.report.Table;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * What handlers that block cost the others: how long a message waits for its turn, and how many
 * messages get through, with and without them, in turns in one node.
 */
final class BlockedWorkers implements Measurement {

    private static final long BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long BETWEEN_PINGS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    @Override
    public String name() {
        return "blocked-workers";
    }

    @Override
    public String purpose() {
        return "what others wait for, and get through, while every worker is blocked for 100 ms";
    }

    @Override
    public Map<String, Double> defaults() {
        double workers = NodeOptions.defaults().workers();
        return Map.of(
                "workers",
                workers,
                "blockers",
                workers,
                "rounds",
                10.0,
                "seconds",
                1.0,
                "warm-up",
                3.0);
    }

    @Override
    public boolean run(Options options, PrintStream out) throws Exception {
        try (var node = Node.start(NodeOptions.defaults().withWorkers(options.count("workers")))) {
            var free = new Results();
            var blocked = new Results();
            var house = new House(node, options.count("blockers"));
            house.throughput(options.seconds("warm-up"), new Results());
            for (int round = 0; round < options.count("rounds"); round++) {
                house.both(options.seconds("seconds"), free);
                house.block();
                house.both(options.seconds("seconds"), blocked);
                house.unblock();
            }
            print(free, blocked, out);
        }
        return true;
    }

    private static void print(Results free, Results blocked, PrintStream out) {
        var table =
                new Table(
                        "workers",
                        "waiting p50 us",
                        "p99 us",
                        "max us",
                        "pings",
                        "messages/s",
                        "kept");
        row(table, "free", free, free);
        row(table, "blocked", blocked, free);
        table.print(out);
    }

    private static void row(Table table, String name, Results results, Results free) {
        table.row(
                name,
                results.waiting.micros(50),
                results.waiting.micros(99),
                results.waiting.maxMicros(),
                results.waiting.count(),
                String.format(Locale.ROOT, "%,.0f", results.perSecond()),
                String.format(Locale.ROOT, "%.0f%%", 100 * results.perSecond() / free.perSecond()));
    }

    /** Of all rounds in which workers were free, or blocked. */
    private static final class Results {
        private final Times waiting = new Times();
        private long rallies;
        private long nanos;

        double perSecond() {
            return rallies * 1e9 / nanos;
        }
    }

    /** The processes that are measured, and those that block. */
    private static final class House {
        private final List<ActorRef<Ping>> idle = new ArrayList<>();
        private final List<ActorRef<Ball>> players = new ArrayList<>();
        private final List<ActorRef<Block>> blockers = new ArrayList<>();

        House(Node node, int blockers) {
            ActorFactory<Ping> idler = context -> ping -> ping.arrives();
            ActorFactory<Ball> player = context -> ball -> ball.hit(context.self());
            ActorFactory<Block> blocker = context -> block -> block.again(context.self());
            int pairs = 4 * Math.max(1, blockers);
            for (int i = 0; i < 2 * pairs; i++) {
                idle.add(node.start(idler));
                players.add(node.start(player));
            }
            for (int i = 0; i < blockers; i++) {
                this.blockers.add(node.start(blocker));
            }
        }

        private Block block = new Block(0);

        /** Returns when every blocker is in its handler. */
        void block() throws InterruptedException {
            block = new Block(blockers.size());
            blockers.forEach(blocker -> blocker.send(block));
            block.entered.await();
        }

        void unblock() throws InterruptedException {
            block.over.set(true);
            block.left.await();
        }

        void both(Duration time, Results results) throws InterruptedException {
            ping(time, results);
            throughput(time, results);
        }

        /**
         * One message each millisecond, to one after the other, whatever became of those before.
         * Waiting is from the sending to the handler.
         */
        private void ping(Duration time, Results results) throws InterruptedException {
            long begun = System.nanoTime();
            long pings = time.toNanos() / BETWEEN_PINGS_NANOS;
            var arrived = new CountDownLatch((int) pings);
            for (int ping = 0; ping < pings; ping++) {
                long due = begun + ping * BETWEEN_PINGS_NANOS;
                for (long left = due - System.nanoTime(); left > 0; ) {
                    LockSupport.parkNanos(left);
                    left = due - System.nanoTime();
                }
                idle.get(ping % idle.size())
                        .send(new Ping(System.nanoTime(), results.waiting, arrived));
            }
            arrived.await();
        }

        /** Pairs send a ball to and fro as fast as they can. */
        private void throughput(Duration time, Results results) throws InterruptedException {
            long begun = System.nanoTime();
            var match = new Match(players.size() / 2);
            for (int i = 0; i < players.size(); i += 2) {
                players.get(i).send(new Ball(players.get(i + 1), match));
            }
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            match.over.set(true);
            match.dropped.await();
            results.rallies += match.hits.sum();
            results.nanos += System.nanoTime() - begun;
        }
    }

    private record Ping(long sentNanos, Times waiting, CountDownLatch arrived) {
        void arrives() {
            waiting.add(System.nanoTime() - sentNanos);
            arrived.countDown();
        }
    }

    private record Match(AtomicBoolean over, LongAdder hits, CountDownLatch dropped) {
        Match(int balls) {
            this(new AtomicBoolean(), new LongAdder(), new CountDownLatch(balls));
        }
    }

    private record Ball(ActorRef<Ball> other, Match match) {
        void hit(ActorRef<Ball> me) {
            match.hits.increment();
            if (match.over.get()) {
                match.dropped.countDown();
            } else {
                other.send(new Ball(me, match));
            }
        }
    }

    private record Block(AtomicBoolean over, CountDownLatch entered, CountDownLatch left) {
        Block(int blockers) {
            this(new AtomicBoolean(), new CountDownLatch(blockers), new CountDownLatch(blockers));
        }

        void again(ActorRef<Block> me) {
            entered.countDown();
            if (over.get()) {
                left.countDown();
                return;
            }
            long until = System.nanoTime() + BLOCK_NANOS;
            for (long rest = BLOCK_NANOS; rest > 0; rest = until - System.nanoTime()) {
                LockSupport.parkNanos(rest);
            }
            me.send(this);
        }
    }
}
