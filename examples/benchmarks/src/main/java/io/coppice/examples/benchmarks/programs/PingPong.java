package io.coppice.examples.benchmarks.programs;

import java.util.concurrent.CountDownLatch;

/** Pairs of actors send a ball to and fro. */
final class PingPong {

    private PingPong() {}

    private record Ball(Object from, int left) {}

    static long run(Run run, int pairs, int messages) throws InterruptedException {
        int each = messages / pairs;
        var done = new CountDownLatch(pairs);
        for (int i = 0; i < pairs; i++) {
            var ann = run.spawn(self -> message -> bounce(run, self, (Ball) message, done));
            var bob = run.spawn(self -> message -> bounce(run, self, (Ball) message, done));
            run.send(ann, new Ball(bob, each));
        }
        done.await();
        return (long) each * pairs;
    }

    private static void bounce(Run run, Peer.Self self, Ball ball, CountDownLatch done) {
        if (ball.left == 0) {
            done.countDown();
        } else {
            run.send(ball.from, new Ball(self.address(), ball.left - 1));
        }
    }
}
