package io.coppice.testkit;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ten processes that have to do with each other: tills, clerks that move money, an auditor. */
final class Bank {

    private static final int TILLS = 4;
    private static final int CLERKS = 5;
    private static final long START = 100;

    private Bank() {}

    sealed interface ToTill {
        record Add(long cents) implements ToTill {}

        record Balance(ReplyTo<Long> replyTo) implements ToTill {}
    }

    record Till(long cents) {}

    static Actor<ToTill> till(Context<ToTill> context) {
        return new Actor<>() {
            private long balance = START;

            @Override
            public void receive(ToTill message) {
                switch (message) {
                    case ToTill.Add(var cents) -> balance += cents;
                    case ToTill.Balance(var replyTo) -> replyTo.send(balance);
                }
            }
        };
    }

    record Move(int from, int to, long cents) {}

    private static Actor<Move> clerk(List<ActorRef<ToTill>> tills) {
        return move -> {
            tills.get(move.from()).send(new ToTill.Add(-move.cents()));
            tills.get(move.to()).send(new ToTill.Add(move.cents()));
        };
    }

    record Audited(long sum) {}

    /** Money is moved to and fro, and all of it is there in the end. */
    static void money_stays(Simulation simulation) {
        var node = simulation.node();
        var tills = new ArrayList<ActorRef<ToTill>>();
        for (int i = 0; i < TILLS; i++) {
            var options = SpawnOptions.<ToTill>defaults().withLabel("till" + i);
            tills.add(node.spawn(Bank::till, options));
        }
        Probe<Long> auditor = simulation.probe("auditor");
        for (int i = 0; i < CLERKS; i++) {
            var options = SpawnOptions.<Move>defaults().withLabel("clerk" + i);
            ActorRef<Move> clerk = node.spawn(context -> clerk(tills), options);
            clerk.send(new Move(i % TILLS, (i + 1) % TILLS, 10 + i));
        }
        simulation.settle();
        long sum = 0;
        for (var till : tills) {
            auditor.ref().send(till.call(ToTill.Balance::new, Duration.ofSeconds(1)));
            sum += auditor.expect();
        }
        if (sum != TILLS * START) {
            throw new AssertionError("the sum is " + sum);
        }
    }
}
