package io.coppice.examples.incidents.mesh.kit;

import io.coppice.process.Pid;

import java.util.Optional;

/**
 * What a node knows of a worker of its own.
 *
 * @param spec what others are told
 * @param apiKey what they are not
 * @param holder the process that stands behind it: the registration ends with it, and it is told
 *     when the name is lost to another
 */
public record Registration(Spec spec, String apiKey, Optional<Pid> holder) {

    /** A worker without a process or a secret. */
    public static Registration of(Spec spec) {
        return new Registration(spec, "", Optional.empty());
    }

    /** This worker with {@code holder} behind it. */
    public Registration heldBy(Pid holder) {
        return new Registration(spec, apiKey, Optional.of(holder));
    }

    /** What may stand in a log: a crash prints the message that it was about. */
    @Override
    public String toString() {
        return "Registration[" + spec + "]";
    }
}
