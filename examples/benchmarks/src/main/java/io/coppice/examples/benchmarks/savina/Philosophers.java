package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Order;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.concurrent.CountDownLatch;

/**
 * Twenty dine around a table; a waiter hands out forks by twos, or refuses. How often is the luck
 * of the schedule: what counts is messages.
 */
final class Philosophers {

    private static final int SEATS = 20;

    private Philosophers() {}

    private record Hungry(int seat, Object from) {}

    private record Sated(int seat) {}

    static long run(Run run, int meals) throws InterruptedException {
        int each = meals / SEATS;
        var done = new CountDownLatch(SEATS);
        var service = new Waiter(run);
        var waiter = run.spawn(self -> service);
        for (int i = 0; i < SEATS; i++) {
            int seat = i;
            var one = run.spawn(self -> new Philosopher(run, self, waiter, seat, each, done));
            run.send(one, Order.BEGIN);
        }
        done.await();
        return service.messages((long) SEATS * each);
    }

    private static final class Waiter implements Peer.Behaviour {
        private final Run run;
        private final boolean[] isTaken = new boolean[SEATS];
        private long refused;

        Waiter(Run run) {
            this.run = run;
        }

        @Override
        public void receive(Object message) {
            switch (message) {
                case Hungry(var seat, var from) -> run.send(from, serve(seat));
                case Sated(var seat) -> set(seat, false);
                default -> throw Savina.unexpected(message);
            }
        }

        /** Hungry, served and sated; hungry and refused. To be asked when all have eaten. */
        long messages(long meals) {
            return 3 * meals + 2 * refused;
        }

        private Order serve(int seat) {
            if (isTaken[seat] || isTaken[(seat + 1) % SEATS]) {
                refused++;
                return Order.BEGIN;
            }
            set(seat, true);
            return Order.WORK;
        }

        private void set(int seat, boolean taken) {
            isTaken[seat] = taken;
            isTaken[(seat + 1) % SEATS] = taken;
        }
    }

    /** Asks, at {@link Order#BEGIN}; eats, at {@link Order#WORK}. */
    private static final class Philosopher implements Peer.Behaviour {
        private final Run run;
        private final Object waiter;
        private final Hungry hungry;
        private final CountDownLatch done;
        private int left;

        Philosopher(
                Run run, Peer.Self self, Object waiter, int seat, int meals, CountDownLatch done) {
            this.run = run;
            this.waiter = waiter;
            this.hungry = new Hungry(seat, self.address());
            this.left = meals;
            this.done = done;
        }

        @Override
        public void receive(Object order) {
            if (order == Order.WORK) {
                run.send(waiter, new Sated(hungry.seat));
                if (--left == 0) {
                    done.countDown();
                    return;
                }
            }
            run.send(waiter, hungry);
        }
    }
}
