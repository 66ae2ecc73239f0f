package io.coppice.examples.incidents.mesh.kit;

import java.util.List;
import java.util.Optional;

/**
 * What is told of a worker. There is no place in it for a secret.
 *
 * @param weight how much it is given to do
 */
public record Spec(
        String url, int weight, Optional<String> zone, List<String> models, Status status) {

    public Spec {
        models = List.copyOf(models);
    }

    /** A worker that is ready. */
    public static Spec of(String url) {
        return new Spec(url, 1, Optional.empty(), List.of(), Status.READY);
    }

    /** This worker with {@code status}. */
    public Spec with(Status status) {
        return new Spec(url, weight, zone, models, status);
    }
}
