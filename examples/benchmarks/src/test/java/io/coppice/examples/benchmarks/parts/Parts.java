package io.coppice.examples.benchmarks.parts;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The parts, one by one. All but the call happen inside, a thousand at a time, so that waking the
 * worker and the thread that measures hardly counts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Parts {

    private static final int BATCH = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Something to be done by an actor. */
    private interface Job extends Consumer<Context<Object>> {}

    private static final class Doer implements Actor<Object> {
        private final Context<Object> context;

        Doer(Context<Object> context) {
            this.context = context;
        }

        @Override
        public void receive(Object job) {
            ((Job) job).accept(context);
        }
    }

    private final Node node = Node.start();
    private final ActorRef<Object> ann = node.start(Doer::new);
    private final ActorRef<Object> bob = node.start(Doer::new);
    private final ActorRef<ReplyTo<Integer>> answerer = node.start(context -> ask -> ask.send(1));

    @TearDown
    public void stop() {
        node.stop(Duration.ZERO);
    }

    private void inside(Consumer<Context<Object>> work) throws InterruptedException {
        var done = new CountDownLatch(1);
        Job job =
                context -> {
                    work.accept(context);
                    done.countDown();
                };
        ann.send(job);
        done.await();
    }

    /** A message is put into a mailbox, and handled: to oneself, so nobody is woken. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void queue() throws InterruptedException {
        var handled = new CountDownLatch(BATCH);
        Job one = context -> handled.countDown();
        Job all =
                context -> {
                    for (int i = 0; i < BATCH; i++) {
                        ann.send(one);
                    }
                };
        ann.send(all);
        handled.await();
    }

    /** A message to one who is idle, which has to be scheduled first: two of them, in turns. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void schedule() throws InterruptedException {
        var done = new CountDownLatch(1);
        ann.send(new Rally(ann, bob, BATCH - 1, done));
        done.await();
    }

    private record Rally(
            ActorRef<Object> here, ActorRef<Object> there, int left, CountDownLatch done)
            implements Job {
        @Override
        public void accept(Context<Object> context) {
            if (left == 0) {
                done.countDown();
            } else {
                there.send(new Rally(there, here, left - 1, done));
            }
        }
    }

    /** A link to another process, and its end, as far as the caller has to do with it. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void linkAndUnlink() throws InterruptedException {
        inside(
                context -> {
                    for (int i = 0; i < BATCH; i++) {
                        context.link(bob.pid());
                        context.unlink(bob.pid());
                    }
                });
    }

    /** A chain of links, made before each invocation. */
    @State(Scope.Benchmark)
    public static class Chain {
        private CountDownLatch ended;
        private ActorRef<Object> head;

        @Setup(Level.Invocation)
        public void make(Parts parts) throws InterruptedException {
            var made = new CountDownLatch(BATCH + 1);
            var over = new CountDownLatch(1);
            ended = over;
            head = parts.node.start((ActorFactory<Object>) it -> new Link(it, made, over));
            head.send(BATCH);
            made.await();
        }
    }

    /** Told a number, it makes that many below it; told anything else, it ends. */
    private static final class Link implements Actor<Object> {
        private final Context<Object> context;
        private final CountDownLatch made;
        private final CountDownLatch over;

        Link(Context<Object> context, CountDownLatch made, CountDownLatch over) {
            this.context = context;
            this.made = made;
            this.over = over;
        }

        @Override
        public void receive(Object message) {
            switch (message) {
                case Integer below -> {
                    if (below == 0) {
                        context.trapExits(news -> news);
                    } else {
                        ActorFactory<Object> next = it -> new Link(it, made, over);
                        context.spawnLinked(next).send(below - 1);
                    }
                    made.countDown();
                }
                case String end -> throw context.stop(ExitReason.SHUTDOWN);
                default -> over.countDown();
            }
        }
    }

    /** An exit passes a link, and ends a process. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void exit(Chain chain) throws InterruptedException {
        chain.head.send("end");
        chain.ended.await();
    }

    /** A process is made, handles one message, and ends. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void spawn() throws InterruptedException {
        var ended = new CountDownLatch(BATCH);
        ActorFactory<Object> brief =
                context ->
                        end -> {
                            ended.countDown();
                            throw context.stop(ExitReason.NORMAL);
                        };
        inside(
                context -> {
                    for (int i = 0; i < BATCH; i++) {
                        context.spawn(brief).send(PATIENCE);
                    }
                });
        ended.await();
    }

    /** A child that fails as soon as it is told, and tells when it has been made again. */
    @State(Scope.Benchmark)
    public static class Patient {
        private ActorRef<Object> driver;

        @Setup
        public void make(Parts parts) {
            driver = parts.node.start(Driver::new);
            ActorFactory<Object> child =
                    context -> {
                        driver.send(context.self());
                        return fail -> {
                            throw Failed.QUIET;
                        };
                    };
            var tree =
                    supervisor("restarts", ONE_FOR_ONE)
                            .restarts(Integer.MAX_VALUE, Duration.ofSeconds(1))
                            .children(worker("child", child));
            parts.node.start(tree, SpawnOptions.defaults());
        }
    }

    private record Restarts(int number, CountDownLatch done) {}

    private static final class Driver implements Actor<Object> {
        private final Context<Object> context;
        private Restarts wanted = new Restarts(0, new CountDownLatch(0));
        private Object child = this; // until it has come
        private int left;

        Driver(Context<Object> context) {
            this.context = context;
        }

        @Override
        @SuppressWarnings("unchecked") // what is no order is the child
        public void receive(Object message) {
            if (message instanceof Restarts restarts && child == this) {
                context.self().send(restarts); // the child has not been made yet
            } else if (message instanceof Restarts restarts) {
                wanted = restarts;
                left = restarts.number;
                ((ActorRef<Object>) child).send(PATIENCE);
            } else {
                child = message;
                reborn((ActorRef<Object>) child);
            }
        }

        private void reborn(ActorRef<Object> child) {
            if (left > 0 && --left == 0) {
                wanted.done.countDown();
            } else if (left > 0) {
                child.send(PATIENCE);
            }
        }
    }

    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;
        static final Failed QUIET = new Failed();

        private Failed() {
            super("on purpose", null, false, false);
        }
    }

    /** A supervised process fails, without a stack trace, and is made again. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void restart(Patient patient) throws InterruptedException {
        var done = new CountDownLatch(1);
        patient.driver.send(new Restarts(BATCH, done));
        done.await();
    }

    /** A call from outside, to one who is idle. */
    @Benchmark
    public int call() {
        return answerer.call(replyTo -> replyTo, PATIENCE);
    }
}
