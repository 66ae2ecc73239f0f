package io.coppice.examples.kv.driver;

/** What became of a request that was sent, as far as its sender can know. */
sealed interface Outcome {

    /**
     * It was carried out, or refused for a reason of its own.
     *
     * @param nanos from the sending of the batch it was in until the answer
     */
    record Answered(Answer answer, long nanos) implements Outcome {}

    /** {@code TRYAGAIN}: it was not carried out. */
    record NotExecuted() implements Outcome {}

    /** {@code UNKNOWN}: it was carried out or not, and if not, never will be. */
    record Unknown() implements Outcome {}

    /**
     * The connection broke before an answer came. It was carried out or not, and if not, never will
     * be.
     */
    record CutOff() implements Outcome {}

    /** No answer came in time. It may be carried out even after the connection is closed. */
    record TimedOut() implements Outcome {}

    /**
     * What came was not of the protocol.
     *
     * @param text what the client library said of it
     */
    record Garbled(String text) implements Outcome {}

    /** Tells an error that says what became of the request from an answer. */
    static Outcome of(Answer answer, long nanos) {
        if (answer instanceof Answer.Error error) {
            switch (error.kind().text()) {
                case "TRYAGAIN" -> {
                    return new NotExecuted();
                }
                case "UNKNOWN" -> {
                    return new Unknown();
                }
                default -> {}
            }
        }
        return new Answered(answer, nanos);
    }
}
