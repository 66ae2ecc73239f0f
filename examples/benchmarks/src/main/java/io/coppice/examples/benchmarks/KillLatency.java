package io.coppice.examples.benchmarks;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.benchmarks.report.Table;
import io.coppice.process.Pid;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long it takes until others hear of a kill, whatever the killed is doing. */
final class KillLatency implements Measurement {

    private static final long INTO_IT_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long PATIENCE_SECONDS = 30;

    @Override
    public String name() {
        return "kill-latency";
    }

    @Override
    public String purpose() {
        return "from the call of kill to its news in a linked process and in a monitoring one";
    }

    @Override
    public Map<String, Double> defaults() {
        return Map.of("rounds", 2_000.0, "warm-up", 3.0);
    }

    @Override
    public boolean run(Options options, PrintStream out) throws Exception {
        var table =
                new Table(
                        "the killed", "is", "killed by", "news", "p50 us", "p99 us", "max us", "n");
        try (var silent = Blocking.Scene.silence()) {
            for (var blocking : Blocking.values()) {
                for (boolean program : new boolean[] {false, true}) {
                    try (var node = Node.start()) {
                        var duel = new Case(node, silent, blocking, program);
                        duel.warmUp(options.seconds("warm-up"));
                        duel.measure(options.count("rounds"));
                        duel.report(table);
                    }
                }
            }
        }
        table.print(out);
        return true;
    }

    /** One way to block in one kind of process. */
    private static final class Case {
        private final Node node;
        private final ServerSocket silent;
        private final Blocking blocking;
        private final boolean program;
        private final News fromOutside = new News();
        private final News fromProcess = new News();
        private final ActorRef<Order> killer;
        private final ActorRef<Order> linked;
        private final ActorRef<Order> monitoring;

        Case(Node node, ServerSocket silent, Blocking blocking, boolean program) {
            this.node = node;
            this.silent = silent;
            this.blocking = blocking;
            this.program = program;
            ActorFactory<Order> staff = Staff::new;
            this.killer = node.start(staff);
            this.linked = node.start(staff);
            this.monitoring = node.start(staff);
        }

        void warmUp(Duration time) throws Exception {
            long until = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < until) {
                round(fromOutside);
                round(fromProcess);
            }
            fromOutside.reset();
            fromProcess.reset();
        }

        void measure(int rounds) throws Exception {
            for (int round = 0; round < rounds; round++) {
                round(fromOutside);
                round(fromProcess);
            }
        }

        private void round(News news) throws Exception {
            try (var scene = new Blocking.Scene(silent)) {
                var victim = victim(scene);
                var watched = new CountDownLatch(2);
                var told = new CountDownLatch(2);
                var kill = new Kill(victim.pid(), news, watched, told);
                linked.send(new Order.Link(kill));
                monitoring.send(new Order.Monitor(kill));
                watched.await();
                victim.send(scene);
                scene.awaitEntered();
                LockSupport.parkNanos(INTO_IT_NANOS);
                if (news == fromOutside) {
                    kill.begin();
                    node.kill(victim.pid());
                } else {
                    killer.send(new Order.Kills(kill));
                }
                if (!told.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("no news of the kill of " + victim.pid());
                }
            }
        }

        private ActorRef<Blocking.Scene> victim(Blocking.Scene scene) {
            ActorFactory<Blocking.Scene> actor = context -> order -> order.enter(blocking, context);
            Program<Blocking.Scene> taking =
                    (context, inbox) -> inbox.take().enter(blocking, context);
            var options = SpawnOptions.<Blocking.Scene>defaults();
            return program ? node.spawn(taking, options) : node.spawn(actor, options);
        }

        void report(Table table) {
            report(table, "outside", fromOutside);
            report(table, "a process", fromProcess);
        }

        private void report(Table table, String by, News news) {
            report(table, by, "linked", news.linked);
            report(table, by, "monitor", news.monitor);
        }

        private void report(Table table, String by, String which, Times times) {
            table.row(
                    blocking.words,
                    program ? "a program" : "an actor",
                    by,
                    which,
                    times.micros(50),
                    times.micros(99),
                    times.maxMicros(),
                    times.count());
        }
    }

    /** How long news took. */
    private static final class News {
        private final Times linked = new Times();
        private final Times monitor = new Times();

        void reset() {
            linked.reset();
            monitor.reset();
        }
    }

    /** One kill, and who waits for the news of it. */
    private static final class Kill {
        private final Pid victim;
        private final News news;
        private final CountDownLatch watched;
        private final CountDownLatch told;
        private volatile long begunNanos;

        Kill(Pid victim, News news, CountDownLatch watched, CountDownLatch told) {
            this.victim = victim;
            this.news = news;
            this.watched = watched;
            this.told = told;
        }

        void begin() {
            begunNanos = System.nanoTime();
        }

        void heard(Times times) {
            times.add(System.nanoTime() - begunNanos);
            told.countDown();
        }
    }

    private sealed interface Order {
        record Link(Kill kill) implements Order {}

        record Monitor(Kill kill) implements Order {}

        record Kills(Kill kill) implements Order {}

        record Exited(Pid who) implements Order {}

        record Down(Kill kill) implements Order {}
    }

    /** Links, monitors and kills as it is told, and notes when it hears of it. */
    private static final class Staff implements Actor<Order> {
        private final Context<Order> context;
        private @Nullable Kill linkedTo;

        Staff(Context<Order> context) {
            this.context = context;
            context.trapExits(exited -> new Order.Exited(exited.from()));
        }

        @Override
        public void receive(Order order) {
            switch (order) {
                case Order.Link(var kill) -> {
                    linkedTo = kill;
                    context.link(kill.victim);
                    kill.watched.countDown();
                }
                case Order.Monitor(var kill) -> {
                    context.monitor(kill.victim, down -> new Order.Down(kill));
                    kill.watched.countDown();
                }
                case Order.Kills(var kill) -> {
                    kill.begin();
                    context.kill(kill.victim);
                }
                case Order.Exited(var who) -> {
                    var kill = linkedTo;
                    if (kill != null && kill.victim == who) {
                        kill.heard(kill.news.linked);
                    }
                }
                case Order.Down(var kill) -> kill.heard(kill.news.monitor);
            }
        }
    }
}
