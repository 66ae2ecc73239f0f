package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Order;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.concurrent.CompletableFuture;

/** Ten series of the logistic map, each of which asks another actor for every next term. */
final class LogisticMap {

    private static final int SERIES = 10;
    private static final double FIRST = 0.4;

    private LogisticMap() {}

    private record Term(double value, Object from) {}

    private static double rate(int series) {
        return 3.46 + 0.0025 * series;
    }

    private static double next(double rate, double term) {
        return rate * term * (1 - term);
    }

    static long run(Run run, int terms) {
        int each = terms / SERIES;
        for (var series : start(run, each)) {
            series.join();
        }
        return (long) SERIES * each;
    }

    @SuppressWarnings("unchecked") // an array of futures has no other way to be made
    private static CompletableFuture<Void>[] start(Run run, int terms) {
        var all = new CompletableFuture[SERIES];
        for (int i = 0; i < SERIES; i++) {
            double rate = rate(i);
            var computer =
                    run.spawn(
                            self ->
                                    message -> {
                                        var term = (Term) message;
                                        run.send(term.from, next(rate, term.value));
                                    });
            var done = new CompletableFuture<Double>();
            run.send(run.spawn(self -> new Series(run, self, computer, terms, done)), Order.BEGIN);
            all[i] = done.thenAccept(last -> check(rate, terms, last));
        }
        return all;
    }

    private static void check(double rate, int terms, double last) {
        double term = FIRST;
        for (int i = 0; i < terms; i++) {
            term = next(rate, term);
        }
        Savina.require(
                "last term, in bits", Double.doubleToLongBits(term), Double.doubleToLongBits(last));
    }

    private static final class Series implements Peer.Behaviour {
        private final Run run;
        private final Peer.Self self;
        private final Object computer;
        private final CompletableFuture<Double> done;
        private double term = FIRST;
        private int left;

        Series(
                Run run,
                Peer.Self self,
                Object computer,
                int terms,
                CompletableFuture<Double> done) {
            this.run = run;
            this.self = self;
            this.computer = computer;
            this.left = terms;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            if (message instanceof Double next) {
                term = next;
                left--;
            }
            if (left == 0) {
                done.complete(term);
            } else {
                run.send(computer, new Term(term, self.address()));
            }
        }
    }
}
