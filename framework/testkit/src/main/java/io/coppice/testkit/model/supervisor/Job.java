package io.coppice.testkit.model.supervisor;

import io.coppice.process.ExitReason;
import io.vavr.collection.List;

/**
 * What a supervisor has begun and must finish before it does anything else.
 *
 * @param steps what is left of it
 * @param purpose what it is for
 */
record Job(List<Step> steps, Purpose purpose) {

    /** One child after the other, or several at once. */
    sealed interface Step {

        record Start(Child child) implements Step {}

        record Stop(List<Child> children) implements Step {}
    }

    /** Why it is done. */
    sealed interface Purpose {

        /** To start for the first time. */
        record Boot() implements Purpose {}

        /** To restart. */
        record Restart() implements Purpose {}

        /** To answer {@code caller} with {@code text}. */
        record Answer(String caller, String text) implements Purpose {}

        /** To end. {@code isBooting} if its starter is still waiting for its init. */
        record End(ExitReason reason, boolean isBooting) implements Purpose {}
    }

    Job rest() {
        return new Job(steps.tail(), purpose);
    }

    /** If somebody waits for an answer, it is {@code text}. */
    Job answering(String text) {
        return purpose instanceof Purpose.Answer(var caller, var before)
                ? new Job(steps, new Purpose.Answer(caller, text))
                : this;
    }
}
