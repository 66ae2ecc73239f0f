package io.coppice.examples.kv.driver;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A client's place at the server: one connection after another, as they break. */
final class Session implements AutoCloseable {

    private static final long SHORTEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MOST_DOUBLINGS = 5;

    private final Gate gate;
    private final Tally tally;
    private final Duration patience;
    private @Nullable Wire wire;
    private int failures; // to connect, in a row

    Session(Gate gate, Tally tally, Duration patience) {
        this.gate = gate;
        this.tally = tally;
        this.patience = patience;
    }

    /** Connects if need be; false if nobody answered. */
    boolean isOpen() {
        if (wire != null && wire.leadsTo(gate.server())) return true;
        giveBack();
        wire = Wire.to(gate.server(), patience).orElse(null);
        failures = wire == null ? failures + 1 : 0;
        (wire == null ? tally.connectsFailed : tally.connects).increment();
        return wire != null;
    }

    /** What became of each request; to be called when the session is open. */
    List<Outcome> exchange(List<Request> batch) {
        if (wire == null) throw new IllegalStateException("session is not open");
        List<Outcome> outcomes = wire.exchange(batch);
        if (wire.isBroken()) {
            tally.broken.increment();
            wire = null;
        }
        return outcomes;
    }

    void giveBack() {
        if (wire != null) wire.close();
        wire = null;
    }

    /** Waits for 1 ms; for longer, up to 32 ms, after repeated failures to connect. */
    void rest() {
        LockSupport.parkNanos(SHORTEST_REST_NANOS << Math.min(failures, MOST_DOUBLINGS));
    }

    @Override
    public void close() {
        giveBack();
    }
}
