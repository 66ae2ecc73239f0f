package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Order;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * A barber sleeps unless there are customers; one who finds no chair comes back. How often is the
 * luck of the schedule, none or 37 times a haircut were counted: the shop closes after so many
 * messages, and not after so many haircuts.
 */
final class Barber {

    private static final int CUSTOMERS = 50;
    private static final int CHAIRS = 10;

    /** Enter, cut, shaved and ready. */
    private static final int SERVED = 4;

    /** Enter, and full or closed. */
    private static final int REFUSED = 2;

    private Barber() {}

    private record Enter(Object customer) {}

    private record Cut(Object customer, Object shop) {}

    private record Day(int admitted, int shaved, long messages) {}

    static long run(Run run, int messages) {
        var over = new CompletableFuture<Day>();
        var barber = run.spawn(self -> cut -> shave(run, (Cut) cut));
        var shop = run.spawn(self -> new Shop(run, self, barber, messages, over));
        for (int i = 0; i < CUSTOMERS; i++) {
            run.send(run.spawn(self -> new Customer(run, self, shop)), Order.BEGIN);
        }
        var day = over.join();
        Savina.require("customers shaved", day.admitted, day.shaved);
        return day.messages;
    }

    /** The waiting room; its barber is another actor. */
    private static final class Shop implements Peer.Behaviour {
        private final Run run;
        private final Peer.Self self;
        private final Object barber;
        private final CompletableFuture<Day> over;
        private final long closing;
        private final ArrayDeque<Object> chairs = new ArrayDeque<>();
        private boolean isAsleep = true;
        private int admitted;
        private int shaved;
        private int atHome;
        private long messages;

        Shop(Run run, Peer.Self self, Object barber, long wanted, CompletableFuture<Day> over) {
            this.run = run;
            this.self = self;
            this.barber = barber;
            this.closing = wanted - REFUSED * CUSTOMERS - SERVED;
            this.over = over;
        }

        @Override
        public void receive(Object message) {
            switch (message) {
                case Enter(var customer) when messages >= closing -> {
                    atHome++;
                    refuse(customer, Order.ACK);
                }
                case Enter(var customer) when chairs.size() == CHAIRS ->
                        refuse(customer, Order.BEGIN);
                case Enter(var customer) -> {
                    admitted++;
                    messages += SERVED;
                    chairs.add(customer);
                    next();
                }
                case Order ready -> {
                    isAsleep = true;
                    shaved++;
                    next();
                }
                default -> throw Savina.unexpected(message);
            }
            if (atHome == CUSTOMERS && isAsleep) {
                over.complete(new Day(admitted, shaved, messages));
            }
        }

        private void refuse(Object customer, Order answer) {
            messages += REFUSED;
            run.send(customer, answer);
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

    /** Enters, unless the shop has closed: at {@link Order#BEGIN}, and when it has been shaved. */
    private static final class Customer implements Peer.Behaviour {
        private final Run run;
        private final Object shop;
        private final Enter enter;

        Customer(Run run, Peer.Self self, Object shop) {
            this.run = run;
            this.shop = shop;
            this.enter = new Enter(self.address());
        }

        @Override
        public void receive(Object order) {
            if (order != Order.ACK) {
                run.send(shop, enter);
            }
        }
    }
}
