package io.coppice.examples.benchmarks.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What belongs to one run of a program. */
public final class Run {

    private final Peer peer;
    private final Meter meter;
    private final List<Object> started = new ArrayList<>();

    public Run(Peer peer, Meter meter) {
        this.peer = peer;
        this.meter = meter;
    }

    public Peer peer() {
        return peer;
    }

    public Meter meter() {
        return meter;
    }

    public void send(Object address, Object message) {
        peer.send(address, message);
    }

    /** Starts an actor that lasts until the run is over. */
    public Object spawn(Function<Peer.Self, Peer.Behaviour> actor) {
        var address = peer.spawn(self -> new Mortal(self, actor.apply(self)));
        started.add(address);
        return address;
    }

    /** How the actor at a place is made, by somebody who knows those {@code before} it. */
    @FunctionalInterface
    public interface Making {
        Function<Peer.Self, Peer.Behaviour> of(int place, Object[] before);
    }

    /**
     * Starts so many actors from within, which takes less time; they see to their ends themselves.
     *
     * @return their addresses, in order
     */
    public Object[] spawnAll(int number, Making making) {
        var done = new CompletableFuture<Object[]>();
        var nursery =
                spawn(
                        self ->
                                message -> {
                                    var all = new Object[number];
                                    for (int i = 0; i < number; i++) {
                                        all[i] = self.spawn(making.of(i, all));
                                    }
                                    done.complete(all);
                                });
        send(nursery, Order.BEGIN);
        return done.join();
    }

    /** An actor that ends at {@link Order#END}. */
    public static Peer.Behaviour mortal(Peer.Self self, Peer.Behaviour behaviour) {
        return new Mortal(self, behaviour);
    }

    /** Ends what has been started. */
    public void end() {
        started.forEach(one -> send(one, Order.END));
        started.clear();
    }

    private record Mortal(Peer.Self self, Peer.Behaviour behaviour) implements Peer.Behaviour {
        @Override
        public void receive(Object message) {
            if (message == Order.END) {
                self.stop();
            } else {
                behaviour.receive(message);
            }
        }
    }
}
