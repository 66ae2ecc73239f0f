package io.coppice.examples.benchmarks.programs;

/** Somebody outside asks, and waits for the answer. */
final class Calls {

    private Calls() {}

    /** One that does nothing else. */
    static long idle(Run run, int calls) {
        return call(run, run.spawn(self -> message -> answer(message)), calls);
    }

    /** One that sends itself messages all the time. */
    static long busy(Run run, int calls) {
        var one =
                run.spawn(
                        self ->
                                message -> {
                                    if (message == Order.BEGIN) {
                                        run.send(self.address(), message);
                                    } else {
                                        answer(message);
                                    }
                                });
        run.send(one, Order.BEGIN);
        return call(run, one, calls);
    }

    private static void answer(Object message) {
        ((Peer.Question) message).answer(Order.ACK);
    }

    private static long call(Run run, Object one, int calls) {
        for (int i = 0; i < calls; i++) {
            long asked = System.nanoTime();
            run.peer().call(one);
            run.meter().took(System.nanoTime() - asked);
        }
        return calls;
    }
}
