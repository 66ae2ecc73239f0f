package io.coppice.examples.benchmarks.programs;

import java.util.concurrent.CountDownLatch;

/** A token goes around among so many actors. */
final class Ring {

    private Ring() {}

    static long run(Run run, int actors, int messages) throws InterruptedException {
        var done = new CountDownLatch(1);
        var all =
                run.spawnAll(actors, (i, before) -> self -> Run.mortal(self, new Node(run, done)));
        for (int i = 0; i < actors; i++) {
            run.send(all[i], new Next(all[(i + 1) % actors]));
        }
        run.meter().start();
        run.send(all[0], new Token(messages));
        done.await();
        run.meter().stop();
        for (var one : all) {
            run.send(one, Order.END);
        }
        return messages;
    }

    private record Token(int left) {}

    private record Next(Object address) {}

    private static final class Node implements Peer.Behaviour {
        private final Run run;
        private final CountDownLatch done;
        private Object next = Order.END; // until it is told

        Node(Run run, CountDownLatch done) {
            this.run = run;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            switch (message) {
                case Token(var left) when left == 0 -> done.countDown();
                case Token(var left) -> run.send(next, new Token(left - 1));
                case Next(var address) -> next = address;
                default -> throw new IllegalArgumentException("message: " + message);
            }
        }
    }
}
