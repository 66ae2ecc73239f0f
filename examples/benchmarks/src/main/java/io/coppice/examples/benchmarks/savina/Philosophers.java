package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Order;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.concurrent.CountDownLatch;

/**
 * Twenty dine around a table; a waiter hands out forks by twos, or refuses. How often is the luck
 * of the schedule: dinner is over after so many messages, and not after so many meals.
 */
final class Philosophers {

    private static final int SEATS = 20;

    /** Sated, and hungry and answered. */
    private static final int LAST_OF_EACH = 3;

    private Philosophers() {}

    private record Hungry(int seat, Object from) {}

    private record Sated(int seat) {}

    static long run(Run run, int messages) throws InterruptedException {
        var done = new CountDownLatch(SEATS);
        var service = new Waiter(run, messages);
        var waiter = run.spawn(self -> service);
        for (int i = 0; i < SEATS; i++) {
            int seat = i;
            var one = run.spawn(self -> new Philosopher(run, self, waiter, seat, done));
            run.send(one, Order.BEGIN);
        }
        done.await();
        Savina.require("forks taken", 0, service.taken());
        return service.messages;
    }

    private static final class Waiter implements Peer.Behaviour {
        private final Run run;
        private final long closing;
        private final boolean[] isTaken = new boolean[SEATS];
        private long messages;

        Waiter(Run run, long wanted) {
            this.run = run;
            this.closing = wanted - LAST_OF_EACH * SEATS;
        }

        @Override
        public void receive(Object message) {
            messages++;
            switch (message) {
                case Hungry(var seat, var from) -> {
                    messages++;
                    run.send(from, messages >= closing ? Order.ACK : serve(seat));
                }
                case Sated(var seat) -> set(seat, false);
                default -> throw Savina.unexpected(message);
            }
        }

        private Order serve(int seat) {
            if (isTaken[seat] || isTaken[(seat + 1) % SEATS]) {
                return Order.BEGIN;
            }
            set(seat, true);
            return Order.WORK;
        }

        private void set(int seat, boolean taken) {
            isTaken[seat] = taken;
            isTaken[(seat + 1) % SEATS] = taken;
        }

        /** To be asked when all have left. */
        int taken() {
            int taken = 0;
            for (boolean fork : isTaken) {
                taken += fork ? 1 : 0;
            }
            return taken;
        }
    }

    /** Asks, at {@link Order#BEGIN}; eats, at {@link Order#WORK}; leaves, at {@link Order#ACK}. */
    private static final class Philosopher implements Peer.Behaviour {
        private final Run run;
        private final Object waiter;
        private final Hungry hungry;
        private final CountDownLatch done;

        Philosopher(Run run, Peer.Self self, Object waiter, int seat, CountDownLatch done) {
            this.run = run;
            this.waiter = waiter;
            this.hungry = new Hungry(seat, self.address());
            this.done = done;
        }

        @Override
        public void receive(Object order) {
            if (order == Order.ACK) {
                done.countDown();
                return;
            }
            if (order == Order.WORK) {
                run.send(waiter, new Sated(hungry.seat));
            }
            run.send(waiter, hungry);
        }
    }
}
