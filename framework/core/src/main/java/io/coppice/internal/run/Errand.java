package io.coppice.internal.run;

import io.coppice.process.Signal;
import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

/**
 * A signal that is to arrive after the handler that caused it.
 *
 * @param dead who must have been told of first: an exit that it sends as it ends is older than the
 *     answer that it is gone
 */
record Errand(LocalProcess<?> to, Signal signal, @Nullable LocalProcess<?> dead) implements Task {

    static void send(LocalProcess<?> to, Signal signal, @Nullable LocalProcess<?> dead) {
        to.node.tally().accepted(); // or the node would seem quiet meanwhile
        to.node.scheduler.schedule(new Errand(to, signal, dead));
    }

    @Override
    public void run() {
        if (dead != null && !dead.isProclaimed()) {
            to.node.scheduler.yield(this);
            return;
        }
        LocalProcess.signal(null, to, signal);
        to.node.tally().handled();
    }
}
