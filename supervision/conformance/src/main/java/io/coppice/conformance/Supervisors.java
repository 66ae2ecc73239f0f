package io.coppice.conformance;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;

import java.util.Optional;

/** Supervisors as scenarios define them, made of those of Coppice. */
final class Supervisors {

    private static final String LATER = "supervisors cannot be run yet";

    private Supervisors() {}

    static ActorFactory<?> factory(Run run, String id, String definition, Optional<String> dyn) {
        throw new IllegalArgumentException(LATER);
    }

    static void ask(Run run, ActorRef<?> supervisor, Request request, Ticket.OfRequest ticket) {
        throw new IllegalArgumentException(LATER);
    }
}
