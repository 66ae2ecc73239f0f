package io.coppice.examples.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * What is run on every peer. Each run starts actors of its own, lets them exchange a given number
 * of messages, waits for the last, and ends them.
 */
enum Program {

    /** Two actors send a ball to and fro. */
    PINGPONG1 {
        @Override
        long run(Run run, int messages) throws InterruptedException {
            return pairs(run, 1, messages);
        }
    },

    /** Sixty-four such pairs. */
    PINGPONG64 {
        @Override
        long run(Run run, int messages) throws InterruptedException {
            return pairs(run, 64, messages);
        }
    },

    /** A token goes around among 503 actors. */
    RING503 {
        @Override
        long run(Run run, int messages) throws InterruptedException {
            var done = new CountDownLatch(1);
            var nodes = new ArrayList<Node>();
            for (int i = 0; i < 503; i++) {
                nodes.add(new Node(run, done));
            }
            for (int i = 0; i < nodes.size(); i++) {
                nodes.get(i).next = nodes.get((i + 1) % nodes.size()).address;
            }
            run.peer().send(nodes.getFirst().address, new Token(messages));
            done.await();
            return messages;
        }
    },

    /** Eight actors send to one as fast as they can. */
    FANIN8 {
        @Override
        long run(Run run, int messages) throws InterruptedException {
            return fanIn(run, 8, messages, Integer.MAX_VALUE);
        }
    },

    /** Eight actors send to one, each with at most a hundred messages not acknowledged. */
    FANIN8ACK {
        @Override
        long run(Run run, int messages) throws InterruptedException {
            return fanIn(run, 8, messages, 100);
        }
    },

    /** 256 actors each send a ping to one by lot, and another when it has been answered. Savina. */
    BIG256 {
        @Override
        long run(Run run, int messages) throws InterruptedException {
            int each = messages / 2 / 256;
            var done = new CountDownLatch(256);
            var all = new Object[256];
            for (int i = 0; i < all.length; i++) {
                int seed = i;
                all[i] = run.spawn(self -> new Gossip(run, self, all, seed, each, done));
            }
            for (var one : all) {
                run.peer().send(one, Order.BEGIN);
            }
            done.await();
            return 2L * each * 256;
        }
    },

    /** An actor spawns another, which ends at its first message. */
    SPAWNSTOP {
        @Override
        long run(Run run, int actors) throws InterruptedException {
            var done = new CountDownLatch(1);
            var parent = run.spawn(self -> new Parent(run, self, actors, done));
            run.peer().send(parent, Order.BEGIN);
            done.await();
            return actors;
        }
    },

    /** One from outside sends to sixty. Savina. */
    FJTHRPUT60 {
        @Override
        long run(Run run, int messages) throws InterruptedException {
            int each = messages / 60;
            var done = new CountDownLatch(60);
            var workers = new ArrayList<Object>();
            for (int i = 0; i < 60; i++) {
                workers.add(run.spawn(self -> new Worker(each, done)));
            }
            for (int i = 0; i < each; i++) {
                for (var worker : workers) {
                    run.peer().send(worker, Order.WORK);
                }
            }
            done.await();
            return 60L * each;
        }
    },

    /** A hundred meet by twos at one mall. Savina, without colours. */
    CHAMENEOS100 {
        @Override
        long run(Run run, int messages) throws InterruptedException {
            int meetings = messages / 4;
            var done = new CountDownLatch(1);
            var mall = run.spawn(self -> new Mall(run, meetings, done));
            for (int i = 0; i < 100; i++) {
                var one = run.spawn(self -> new Chameneo(run, self, mall));
                run.peer().send(one, Order.BEGIN);
            }
            done.await();
            return 4L * meetings;
        }
    };

    /**
     * Runs once.
     *
     * @param size about how many messages, or actors
     * @return how many there were
     */
    abstract long run(Run run, int size) throws InterruptedException;

    /** What belongs to one run. */
    record Run(Peer peer, List<Object> started) {
        Run(Peer peer) {
            this(peer, new ArrayList<>());
        }

        Object spawn(Function<Peer.Self, Peer.Behaviour> actor) {
            var address = peer.spawn(self -> new Mortal(self, actor.apply(self)));
            started.add(address);
            return address;
        }

        void end() {
            started.forEach(one -> peer.send(one, Order.END));
            started.clear();
        }
    }

    private enum Order {
        BEGIN,
        WORK,
        ACK,
        END
    }

    private record Mortal(Peer.Self self, Peer.Behaviour behaviour) implements Peer.Behaviour {
        @Override
        public void receive(Object message) {
            if (message == Order.END) {
                self.stop();
            } else {
                behaviour.receive(message);
            }
        }
    }

    // pingpong

    private record Ball(Object from, int left) {}

    private static long pairs(Run run, int pairs, int messages) throws InterruptedException {
        int each = messages / pairs;
        var done = new CountDownLatch(pairs);
        for (int i = 0; i < pairs; i++) {
            var ann = run.spawn(self -> message -> bounce(run, self, (Ball) message, done));
            var bob = run.spawn(self -> message -> bounce(run, self, (Ball) message, done));
            run.peer().send(ann, new Ball(bob, each));
        }
        done.await();
        return (long) each * pairs;
    }

    private static void bounce(Run run, Peer.Self self, Ball ball, CountDownLatch done) {
        if (ball.left == 0) {
            done.countDown();
        } else {
            run.peer().send(ball.from, new Ball(self.address(), ball.left - 1));
        }
    }

    // ring

    private record Token(int left) {}

    private static final class Node implements Peer.Behaviour {
        private final Run run;
        private final CountDownLatch done;
        private final Object address;
        private volatile Object next;

        Node(Run run, CountDownLatch done) {
            this.run = run;
            this.done = done;
            this.next = this;
            this.address = run.spawn(self -> this);
        }

        @Override
        public void receive(Object message) {
            var token = (Token) message;
            if (token.left == 0) {
                done.countDown();
            } else {
                run.peer().send(next, new Token(token.left - 1));
            }
        }
    }

    // fan-in

    private record Work(Object from) {}

    private static long fanIn(Run run, int producers, int messages, int window)
            throws InterruptedException {
        int each = messages / producers;
        var done = new CountDownLatch(1);
        var consumer = run.spawn(self -> new Consumer(run, each * producers, window, done));
        for (int i = 0; i < producers; i++) {
            var one = run.spawn(self -> new Producer(run, self, consumer, each, window));
            run.peer().send(one, Order.BEGIN);
        }
        done.await();
        return (long) each * producers;
    }

    private static final class Consumer implements Peer.Behaviour {
        private final Run run;
        private final boolean answers;
        private final CountDownLatch done;
        private int left;

        Consumer(Run run, int left, int window, CountDownLatch done) {
            this.run = run;
            this.left = left;
            this.answers = window != Integer.MAX_VALUE;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            if (answers) {
                run.peer().send(((Work) message).from, Order.ACK);
            }
            if (--left == 0) {
                done.countDown();
            }
        }
    }

    private static final class Producer implements Peer.Behaviour {

        /** Without a window it sends so many in one go, and then lets others go on. */
        private static final int BURST = 100;

        private final Run run;
        private final Peer.Self self;
        private final Object to;
        private final int window;
        private int left;

        Producer(Run run, Peer.Self self, Object to, int left, int window) {
            this.run = run;
            this.self = self;
            this.to = to;
            this.left = left;
            this.window = window;
        }

        @Override
        public void receive(Object message) {
            boolean isAcknowledged = message == Order.ACK;
            int now = Math.min(left, isAcknowledged ? 1 : Math.min(window, BURST));
            for (int i = 0; i < now; i++) {
                run.peer().send(to, new Work(self.address()));
            }
            left -= now;
            if (window == Integer.MAX_VALUE && left > 0) {
                run.peer().send(self.address(), Order.BEGIN);
            }
        }
    }

    // big

    private record Ping(Object from) {}

    private record Pong() {
        static final Pong PONG = new Pong();
    }

    private static final class Gossip implements Peer.Behaviour {
        private final Run run;
        private final Peer.Self self;
        private final Object[] all;
        private final SplittableRandom random;
        private final CountDownLatch done;
        private int left;

        Gossip(Run run, Peer.Self self, Object[] all, int seed, int left, CountDownLatch done) {
            this.run = run;
            this.self = self;
            this.all = all;
            this.random = new SplittableRandom(seed);
            this.left = left;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            if (message instanceof Ping ping) {
                run.peer().send(ping.from, Pong.PONG);
            } else if (left-- > 0) {
                run.peer().send(all[random.nextInt(all.length)], new Ping(self.address()));
            } else {
                done.countDown();
            }
        }
    }

    // spawn and stop

    private static final class Parent implements Peer.Behaviour {

        /** So many children are alive at once. */
        private static final int WIDE = 100;

        private final Run run;
        private final Peer.Self self;
        private final CountDownLatch done;
        private int toBear;
        private int toBury;

        Parent(Run run, Peer.Self self, int children, CountDownLatch done) {
            this.run = run;
            this.self = self;
            this.toBear = children;
            this.toBury = children;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            if (message == Order.BEGIN) {
                for (int i = 0; i < WIDE; i++) {
                    bear();
                }
                return;
            }
            if (--toBury == 0) {
                done.countDown();
            }
            bear();
        }

        private void bear() {
            if (toBear > 0) {
                toBear--;
                var parent = self.address();
                var child =
                        self.spawn(
                                me ->
                                        message -> {
                                            run.peer().send(parent, message);
                                            me.stop();
                                        });
                run.peer().send(child, Order.WORK);
            }
        }
    }

    // fork-join throughput

    private static final class Worker implements Peer.Behaviour {
        private final CountDownLatch done;
        private int left;
        private double value = 37.2;

        Worker(int left, CountDownLatch done) {
            this.left = left;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            value = Math.sin(value) * Math.sin(value); // as the suite has it
            if (--left == 0) {
                done.countDown();
            }
        }
    }

    // chameneos

    private static final class Mall implements Peer.Behaviour {
        private static final Object NOBODY = new Object();

        private final Run run;
        private final CountDownLatch done;
        private Object waiting = NOBODY;
        private int left;

        Mall(Run run, int meetings, CountDownLatch done) {
            this.run = run;
            this.left = meetings;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            var one = ((Ping) message).from;
            if (left == 0) {
                return;
            }
            if (waiting == NOBODY) {
                waiting = one;
                return;
            }
            var first = waiting;
            waiting = NOBODY;
            run.peer().send(first, new Work(one));
            run.peer().send(one, new Work(first));
            if (--left == 0) {
                done.countDown();
            }
        }
    }

    private static final class Chameneo implements Peer.Behaviour {
        private final Run run;
        private final Peer.Self self;
        private final Object mall;

        Chameneo(Run run, Peer.Self self, Object mall) {
            this.run = run;
            this.self = self;
            this.mall = mall;
        }

        @Override
        public void receive(Object message) {
            run.peer().send(mall, new Ping(self.address()));
        }
    }
}
