package io.coppice.examples.kv.driver;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Drives a server with many clients, and holds it to every answer it gave.
 *
 * <p>Its record outlives the server: hold the clients, bring the server back from its data, perhaps
 * at another address, and {@link #verify} that everything acknowledged is still there.
 *
 * <pre>{@code
 * try (var driver = Driver.start(Load.of(8, seed), server)) {
 *     ...                                  // kill the server
 *     driver.pause();                      // what was in flight is now of unknown outcome
 *     ...                                  // start it again
 *     driver.verify(server, ofSeconds(10)) // must be clean
 *     driver.resume(server);
 * }
 * }</pre>
 *
 * <p>Its methods may be called from one thread at a time, {@link #progress} from any.
 */
public final class Driver implements AutoCloseable {

    private final Load load;
    private final Tally tally = new Tally();
    private final Gate gate;
    private final List<Client> clients;

    private Driver(Load load, InetSocketAddress server) {
        this.load = load;
        gate = new Gate(load.clients() + load.witnesses(), server);
        clients =
                IntStream.range(0, load.clients())
                        .mapToObj(number -> new Client(number, load, gate, tally))
                        .toList();
    }

    /**
     * Starts the clients. They go on until the driver is closed, whether or not anybody answers.
     */
    public static Driver start(Load load, InetSocketAddress server) {
        var driver = new Driver(load, server);
        driver.clients.forEach(client -> start("kv-client", client));
        for (int i = 0; i < load.witnesses(); i++) {
            start("kv-witness", new Witness(driver.clients, load, driver.gate, driver.tally));
        }
        return driver;
    }

    public Progress progress() {
        return tally.progress();
    }

    /** From the sending of a request, in a batch with others, to its answer. */
    public Quantiles latency() {
        return tally.latency();
    }

    /**
     * From the first failure of a request to the first answer about the same key; without those
     * that timed out, whose keys are left alone.
     */
    public Quantiles recovery() {
        return tally.recovery();
    }

    /** The wrong answers so far, of which the first hundred are kept. */
    public List<Finding> findings() {
        return tally.findings();
    }

    /** What made clients fail by a mistake of their own; empty unless this program is broken. */
    public List<Throwable> failures() {
        return tally.failures();
    }

    /**
     * Holds the clients; returns when none has anything in flight, which takes as long as the load
     * has patience at most.
     */
    public void pause() {
        gate.hold();
    }

    /** Lets the clients go on, with a server that has the same data. */
    public void resume(InetSocketAddress server) {
        gate.release(server);
    }

    /**
     * Reads back every key that was ever written, over fresh connections, and compares it with what
     * it may hold. To be called while the clients are paused, or after they were closed.
     *
     * @param patience how long to ask again for what is not answered
     */
    public Verification verify(InetSocketAddress server, Duration patience) {
        if (!gate.isQuiet()) throw new IllegalStateException("clients are not paused");
        List<Ledger> ledgers = clients.stream().map(Client::ledger).toList();
        return Readback.of(ledgers, server, load, patience);
    }

    /** Ends the clients, after what they have in flight. */
    @Override
    public void close() {
        gate.close();
    }

    /** Threads of the platform, lest the clients of a server take those that it runs on. */
    private static void start(String name, Runnable body) {
        Thread.ofPlatform().name(name).daemon().start(body);
    }
}
