package io.coppice.supervision;

import io.vavr.Value;
import io.vavr.collection.List;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The next state of a supervisor, and what must be done.
 *
 * @param reversed what must be done, the last first
 */
record Step(SupervisorState state, List<Effect> reversed) {

    /** What must be done, in order. */
    List<Effect> effects() {
        return reversed.reverse();
    }

    static Step to(SupervisorState state) {
        return new Step(state, List.empty());
    }

    Step and(Effect effect) {
        return new Step(state, reversed.prepend(effect));
    }

    Step and(Value<? extends Effect> more) {
        if (more.isEmpty()) {
            return this;
        }
        var all = reversed;
        for (var effect : more) {
            all = all.prepend(effect);
        }
        return new Step(state, all);
    }

    /** This, with {@code first} done before all else. */
    Step after(Effect first) {
        return new Step(state, reversed.append(first));
    }

    Step with(UnaryOperator<SupervisorState> change) {
        return new Step(change.apply(state), reversed);
    }

    /** Opens the children, if that is due. */
    Step thenOpenDue() {
        return state.hasToOpen() ? then(SupervisorState::open) : this;
    }

    /** Goes on from here. */
    Step then(Function<SupervisorState, Step> next) {
        var step = next.apply(state);
        return reversed.isEmpty() ? step : new Step(step.state, reversed.prependAll(step.reversed));
    }
}
