package io.coppice.supervision;

/** The answer to a request that is either carried out or refused. */
public sealed interface Outcome {

    /** It is done. */
    record Done() implements Outcome {}

    /** Nothing was done. */
    record Refused(Refusal why) implements Outcome {}
}
