package io.coppice.examples.benchmarks.programs;

import java.util.concurrent.CountDownLatch;

/** An actor spawns others, each of which ends at its first message. */
final class SpawnStop {

    private SpawnStop() {}

    static long run(Run run, int actors) throws InterruptedException {
        var done = new CountDownLatch(1);
        var parent = run.spawn(self -> new Parent(run, self, actors, done));
        run.send(parent, Order.BEGIN);
        done.await();
        return actors;
    }

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
                                            run.send(parent, message);
                                            me.stop();
                                        });
                run.send(child, Order.WORK);
            }
        }
    }
}
