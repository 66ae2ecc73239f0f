package io.coppice.testkit.internal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Carriers that are free, kept from one run to the next. */
final class Carriers implements AutoCloseable {

    /** The thread of the hunt, which is the script's as well. */
    final Carrier main = new Carrier();

    private final Consumer<Throwable> brokenOff;
    private final Deque<Carrier> free = new ArrayDeque<>();
    private int made;
    private boolean closed;
    private volatile @Nullable Engine engine;

    /**
     * @param brokenOff told if the main carrier will never return
     */
    Carriers(Consumer<Throwable> brokenOff) {
        this.brokenOff = brokenOff;
    }

    /** For the main carrier, which will not return: tells whoever waits for it why. */
    void breakOff(Throwable why) {
        brokenOff.accept(why);
    }

    /** From now on carriers work for {@code engine}. */
    void workFor(Engine engine) {
        this.engine = engine;
    }

    /** For the watchdog: what goes on. */
    @Nullable Engine engine() {
        return engine;
    }

    /** A free carrier, that will begin with {@code first}. */
    Carrier take(Runnable first) {
        var carrier = free.poll();
        if (carrier == null) {
            carrier = make();
        }
        carrier.first = first;
        return carrier;
    }

    private Carrier make() {
        var holder = new Carrier[1];
        holder[0] = new Carrier("simulation-" + ++made, () -> work(holder[0]));
        holder[0].thread.start();
        return holder[0];
    }

    private void work(Carrier me) {
        while (true) {
            me.awaitTurn();
            if (closed) {
                return;
            }
            var current = engine;
            if (current != null) {
                if (me.worksFor != current) {
                    me.worksFor = current;
                    current.node.enter();
                }
                current.loop(me);
            }
        }
    }

    /** For a carrier that is done and about to give its turn away. */
    void release(Carrier carrier) {
        carrier.strand = null;
        carrier.permit = false;
        carrier.interrupted = false;
        carrier.timesTold = 0;
        free.push(carrier);
    }

    @Override
    public void close() {
        closed = true;
        free.forEach(Carrier::giveTurn);
        free.clear();
    }
}
