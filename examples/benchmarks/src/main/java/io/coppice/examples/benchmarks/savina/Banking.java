package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Money goes from account to account; one that waits for an answer puts others off. */
final class Banking {

    private static final int ACCOUNTS = 1_000;

    private Banking() {}

    private record Debit(long cents, Object to, Object teller) {}

    private record Credited(Object teller) {}

    private record Closing(AtomicLong sum, CountDownLatch closed) {}

    static long run(Run run, int transfers) throws InterruptedException {
        var done = new CompletableFuture<Void>();
        var accounts = run.spawnAll(ACCOUNTS, (i, before) -> self -> new Account(run, self));
        run.meter().start();
        var teller = run.spawn(self -> new Teller(run, self, accounts, transfers, done));
        run.send(teller, transfers);
        done.join();
        run.meter().stop();
        var closing = new Closing(new AtomicLong(), new CountDownLatch(ACCOUNTS));
        for (var account : accounts) {
            run.send(account, closing);
        }
        closing.closed.await();
        Savina.require("sum of all accounts", 0, closing.sum.get());
        return transfers;
    }

    private static final class Teller implements Peer.Behaviour {
        private final Run run;
        private final Peer.Self self;
        private final Object[] accounts;
        private final SplittableRandom random = new SplittableRandom(1);
        private final CompletableFuture<Void> done;
        private int left;

        Teller(
                Run run,
                Peer.Self self,
                Object[] accounts,
                int transfers,
                CompletableFuture<Void> done) {
            this.run = run;
            this.self = self;
            this.accounts = accounts;
            this.left = transfers;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            if (message instanceof Integer transfers) {
                for (int i = 0; i < transfers; i++) {
                    order();
                }
            } else if (--left == 0) {
                done.complete(null);
            }
        }

        // From a low number to a high one, for two that wait for each other wait for ever
        private void order() {
            int from = random.nextInt(ACCOUNTS - 1);
            int to = random.nextInt(from + 1, ACCOUNTS);
            var debit = new Debit(random.nextInt(100), accounts[to], self.address());
            run.send(accounts[from], debit);
        }
    }

    private static final class Account implements Peer.Behaviour {
        private final Run run;
        private final Peer.Self self;
        private final ArrayDeque<Object> putOff = new ArrayDeque<>();
        private boolean isWaiting;
        private long cents;

        Account(Run run, Peer.Self self) {
            this.run = run;
            this.self = self;
        }

        @Override
        public void receive(Object message) {
            if (message instanceof Credited(var teller)) {
                isWaiting = false;
                run.send(teller, message);
                while (!isWaiting && !putOff.isEmpty()) {
                    handle(putOff.remove());
                }
            } else if (isWaiting) {
                putOff.add(message);
            } else {
                handle(message);
            }
        }

        private void handle(Object message) {
            switch (message) {
                case Debit debit -> {
                    cents -= debit.cents;
                    isWaiting = true;
                    run.send(debit.to, new Transfer(debit, self.address()));
                }
                case Transfer(var debit, var from) -> {
                    cents += debit.cents;
                    run.send(from, new Credited(debit.teller));
                }
                case Closing(var sum, var closed) -> {
                    sum.addAndGet(cents);
                    closed.countDown();
                    self.stop();
                }
                default -> throw Savina.unexpected(message);
            }
        }
    }

    private record Transfer(Debit debit, Object from) {}
}
