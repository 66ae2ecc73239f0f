package io.coppice.supervision;

import io.vavr.collection.Vector;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The next state of a supervisor, and what must be done, in order. */
record Step(SupervisorState state, Vector<Effect> effects) {

    static Step to(SupervisorState state) {
        return new Step(state, Vector.empty());
    }

    Step and(Effect effect) {
        return new Step(state, effects.append(effect));
    }

    Step and(Iterable<? extends Effect> more) {
        return new Step(state, effects.appendAll(more));
    }

    Step with(UnaryOperator<SupervisorState> change) {
        return new Step(change.apply(state), effects);
    }

    /** Goes on from here. */
    Step then(Function<SupervisorState, Step> next) {
        var step = next.apply(state);
        return new Step(step.state, effects.appendAll(step.effects));
    }
}
