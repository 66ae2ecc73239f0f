package io.coppice.internal.run;

import io.coppice.process.Signal;
import io.coppice.spi.Task;

/** A signal that is to arrive after the handler that caused it. */
record Errand(LocalProcess<?> to, Signal signal) implements Task {

    static void send(LocalProcess<?> to, Signal signal) {
        to.node.tally().accepted(); // or the node would seem quiet meanwhile
        to.node.scheduler.schedule(new Errand(to, signal));
    }

    @Override
    public void run() {
        LocalProcess.signal(null, to, signal);
        to.node.tally().handled();
    }
}
