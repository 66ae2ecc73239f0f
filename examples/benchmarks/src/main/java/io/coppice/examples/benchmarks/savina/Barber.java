package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Order;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * A barber sleeps unless there are customers; one who finds no chair comes back. How often is the
 * luck of the schedule, none or 37 times a haircut were counted: what counts is messages.
 */
final class Barber {

    private static final int CUSTOMERS = 50;
    private static final int CHAIRS = 10;

    private Barber() {}

    private record Enter(Object customer) {}

    private record Cut(Object customer, Object shop) {}

    private record Day(int haircuts, long refusals) {
        /** Enter, cut, shaved and ready; enter and full. */
        long messages() {
            return 4L * haircuts + 2 * refusals;
        }
    }

    static long run(Run run, int haircuts) {
        int each = haircuts / CUSTOMERS;
        var served = new CompletableFuture<Day>();
        var barber = run.spawn(self -> cut -> shave(run, (Cut) cut));
        var shop = run.spawn(self -> new Shop(run, self, barber, CUSTOMERS * each, served));
        for (int i = 0; i < CUSTOMERS; i++) {
            run.send(run.spawn(self -> new Customer(run, self, shop, each)), Order.BEGIN);
        }
        var day = served.join();
        Savina.require("haircuts", CUSTOMERS * each, day.haircuts);
        return day.messages();
    }

    /** The waiting room; its barber is another actor. */
    private static final class Shop implements Peer.Behaviour {
        private final Run run;
        private final Peer.Self self;
        private final Object barber;
        private final CompletableFuture<Day> served;
        private final int haircuts;
        private final ArrayDeque<Object> chairs = new ArrayDeque<>();
        private boolean isAsleep = true;
        private int done;
        private long refused;

        Shop(Run run, Peer.Self self, Object barber, int haircuts, CompletableFuture<Day> served) {
            this.run = run;
            this.self = self;
            this.barber = barber;
            this.haircuts = haircuts;
            this.served = served;
        }

        @Override
        public void receive(Object message) {
            switch (message) {
                case Enter(var customer) when chairs.size() == CHAIRS -> {
                    refused++;
                    run.send(customer, Order.BEGIN);
                }
                case Enter(var customer) -> {
                    chairs.add(customer);
                    next();
                }
                case Order ready -> {
                    isAsleep = true;
                    if (++done == haircuts) {
                        served.complete(new Day(done, refused));
                    }
                    next();
                }
                default -> throw Savina.unexpected(message);
            }
        }

        private void next() {
            if (isAsleep && !chairs.isEmpty()) {
                isAsleep = false;
                run.send(barber, new Cut(chairs.remove(), self.address()));
            }
        }
    }

    private static void shave(Run run, Cut cut) {
        run.send(cut.customer, Order.WORK);
        run.send(cut.shop, Order.ACK);
    }

    /** Enters, at {@link Order#BEGIN}; has been shaved, at {@link Order#WORK}. */
    private static final class Customer implements Peer.Behaviour {
        private final Run run;
        private final Object shop;
        private final Enter enter;
        private int left;

        Customer(Run run, Peer.Self self, Object shop, int haircuts) {
            this.run = run;
            this.shop = shop;
            this.enter = new Enter(self.address());
            this.left = haircuts;
        }

        @Override
        public void receive(Object order) {
            if (order == Order.BEGIN || --left > 0) {
                run.send(shop, enter);
            }
        }
    }
}
