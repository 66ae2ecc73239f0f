package io.coppice.examples.kv.store;

import java.util.List;

/**
 * What a command comes to.
 *
 * @param reply may be sent once the effects are logged
 * @param effects what has changed, in order; none if nothing has
 */
public record Outcome(Reply reply, List<Effect> effects) {

    public Outcome {
        effects = List.copyOf(effects);
    }

    static Outcome unchanged(Reply reply) {
        return new Outcome(reply, List.of());
    }

    static Outcome of(Reply reply, Effect effect) {
        return new Outcome(reply, List.of(effect));
    }
}
