package io.coppice.examples.kv.driver;

/**
 * Numbers of a run up to some moment.
 *
 * @param requests answered, other than with {@code TRYAGAIN} or {@code UNKNOWN}
 * @param retries requests that were not carried out ({@code TRYAGAIN}), and sent again
 * @param unknown requests that were answered with {@code UNKNOWN}
 * @param cutOff requests that were not answered because their connection broke
 * @param timedOut requests that were not answered in time
 * @param broken connections that broke, or were given up after a time-out
 * @param connects connections made
 * @param connectsFailed attempts to connect that failed
 * @param wrong answers that were wrong
 */
public record Progress(
        long requests,
        long retries,
        long unknown,
        long cutOff,
        long timedOut,
        long broken,
        long connects,
        long connectsFailed,
        long wrong) {

    /** How many requests were carried out or not, nobody knows, for whatever reason. */
    public long unknownOutcomes() {
        return unknown + cutOff + timedOut;
    }
}
