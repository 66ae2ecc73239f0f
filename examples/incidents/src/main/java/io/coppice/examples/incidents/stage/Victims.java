package io.coppice.examples.incidents.stage;

import io.coppice.actor.ActorFactory;
import io.coppice.process.ExitReason;

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
}
