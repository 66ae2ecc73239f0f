package io.coppice.examples.incidents.stage;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ShutdownMode.patiently;

import io.coppice.actor.ActorFactory;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.supervision.Child;

import java.util.concurrent.CountDownLatch;

/** Those to whom it happens. */
public final class Victims {

    /** Why they end. */
    public static final ExitReason BOOM = ExitReason.custom("boom");

    /** One that ends inside its init. */
    public static final ActorFactory<Object> DIES_AT_ONCE =
            context -> {
                throw context.stop(BOOM);
            };

    /** One that does nothing. */
    public static final ActorFactory<Object> IDLE = context -> message -> {};

    private Victims() {}

    /** One that, told to stop, goes on until {@code door} is open: the stop lasts that long. */
    public static Child<Exited> holdsUp(CountDownLatch door) {
        return holdsUp(new CountDownLatch(1), door);
    }

    /** {@link #holdsUp(CountDownLatch)}, which opens {@code told} when it is told to stop. */
    public static Child<Exited> holdsUp(CountDownLatch told, CountDownLatch door) {
        ActorFactory<Exited> factory =
                context -> {
                    context.trapExits(exited -> exited);
                    return exited -> {
                        told.countDown();
                        Wait.on(door);
                        throw context.stop(exited.reason());
                    };
                };
        return worker("holds-up", factory).shutdown(patiently());
    }
}
