package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Order;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** An arbiter lets one of two hundred smoke, again and again. */
final class Smokers {

    private static final int SMOKERS = 200;
    private static final int LONGEST_SMOKE = 100;

    private Smokers() {}

    private record Smoke(int turns) {}

    static long run(Run run, int rounds) {
        var smoked = new CompletableFuture<Integer>();
        var all = new Object[SMOKERS];
        var arbiter = run.spawn(self -> new Arbiter(run, all, rounds, smoked));
        for (int i = 0; i < SMOKERS; i++) {
            all[i] = run.spawn(self -> smoke -> smoke(run, arbiter, (Smoke) smoke));
        }
        run.send(arbiter, Order.BEGIN);
        Savina.require("rounds", rounds, smoked.join());
        return rounds;
    }

    private static void smoke(Run run, Object arbiter, Smoke smoke) {
        run.send(arbiter, Order.ACK);
        double value = smoke.turns;
        for (int i = 0; i < smoke.turns; i++) {
            value = Math.sqrt(value + i);
        }
        if (Double.isNaN(value)) { // never, but nobody knows before it is computed
            throw new IllegalStateException("value: " + value);
        }
    }

    private static final class Arbiter implements Peer.Behaviour {
        private final Run run;
        private final Object[] smokers;
        private final int rounds;
        private final CompletableFuture<Integer> smoked;
        private final SplittableRandom random = new SplittableRandom(1);
        private int round;

        Arbiter(Run run, Object[] smokers, int rounds, CompletableFuture<Integer> smoked) {
            this.run = run;
            this.smokers = smokers;
            this.rounds = rounds;
            this.smoked = smoked;
        }

        @Override
        public void receive(Object message) {
            if (message == Order.ACK && ++round == rounds) {
                smoked.complete(round);
                return;
            }
            var smoke = new Smoke(random.nextInt(LONGEST_SMOKE));
            run.send(smokers[random.nextInt(SMOKERS)], smoke);
        }
    }
}
