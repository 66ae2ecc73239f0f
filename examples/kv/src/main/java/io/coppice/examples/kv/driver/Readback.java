package io.coppice.examples.kv.driver;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads every key of a ledger over a fresh connection, and compares. */
final class Readback {

    private static final int KEYS_AT_ONCE = 16;

    private final Gate gate;
    private final Load load;
    private final long deadlineNanos;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private int keys;

    private Readback(InetSocketAddress server, Load load, Duration patience) {
        gate = new Gate(0, server);
        this.load = load;
        deadlineNanos = System.nanoTime() + patience.toNanos();
    }

    /**
     * @param patience how long to ask again for what is not answered
     */
    static Verification of(
            List<Ledger> ledgers, InetSocketAddress server, Load load, Duration patience) {
        var readback = new Readback(server, load, patience);
        ledgers.forEach(readback::read);
        return new Verification(readback.keys, readback.unread, readback.findings);
    }

    private void read(Ledger ledger) {
        Deque<String> left = new ArrayDeque<>(ledger.keys());
        try (var session = new Session(gate, new Tally(), load.patience())) {
            while (!left.isEmpty() && System.nanoTime() - deadlineNanos < 0) {
                int before = left.size();
                if (session.isOpen()) readSome(ledger, left, session);
                if (left.size() == before) session.rest();
            }
        }
        unread.addAll(left);
    }

    /** What is not answered goes to the end of the queue. */
    private void readSome(Ledger ledger, Deque<String> left, Session session) {
        List<String> some = new ArrayList<>();
        while (some.size() < KEYS_AT_ONCE && !left.isEmpty()) some.add(left.removeFirst());

        List<Request> batch = new ArrayList<>();
        for (String key : some) {
            batch.add(Workload.reading(key));
            batch.add(new AnyRequest.Ttl(key));
        }
        List<Outcome> outcomes = session.exchange(batch);
        for (int i = 0; i < some.size(); i++) {
            if (!compare(ledger, some.get(i), outcomes.get(2 * i), outcomes.get(2 * i + 1))) {
                left.addLast(some.get(i));
            }
        }
    }

    private boolean compare(Ledger ledger, String key, Outcome content, Outcome timeToLive) {
        if (!(content instanceof Outcome.Answered(var held, var nanos))
                || !(timeToLive instanceof Outcome.Answered(var ttl, var ttlNanos))) {
            return false;
        }
        keys++;
        ledger.readBack(Workload.reading(key), held, ttl).ifPresent(findings::add);
        return true;
    }
}
