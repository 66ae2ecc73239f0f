package io.coppice.examples.incidents.log.kit;

/**
 * What the sending end must know of its log: four numbers, however much is stored. Decides, and
 * touches nothing.
 *
 * @param issued the last index that was given
 * @param settled all up to this one is acknowledged, or void
 * @param sent all up to this one has been sent over the present line
 * @param peak all up to this one may have been sent before
 * @param attempts how often all was sent again without any news of it
 */
record Outbox(long issued, long settled, long sent, long peak, int attempts) {

    /** What to make of an acknowledgement. */
    enum Judgement {
        NEWS,
        KNOWN,
        NEVER_ISSUED
    }

    /** That of a process which has just been started, and does not know what was sent. */
    static Outbox of(long issued, long settled) {
        return new Outbox(issued, settled, settled, issued, 0);
    }

    /**
     * With one more index.
     *
     * @throws ArithmeticException if there is none: an index that wraps would be taken for an old
     *     one, and what it stands for never be applied
     */
    Outbox issue() {
        return new Outbox(Math.addExact(issued, 1), settled, sent, peak, attempts);
    }

    Judgement judge(long ack) {
        if (ack > issued) return Judgement.NEVER_ISSUED;
        return ack > settled ? Judgement.NEWS : Judgement.KNOWN;
    }

    Outbox settle(long upTo) {
        return new Outbox(issued, upTo, Math.max(sent, upTo), Math.max(peak, upTo), 0);
    }

    /** As if nothing after {@code index} had been sent. */
    Outbox rewind(long index) {
        return new Outbox(
                issued, settled, Math.min(sent, Math.max(index, settled)), peak, attempts);
    }

    /** As if nothing had been sent over a line: there is a new one. */
    Outbox reconnect() {
        return new Outbox(issued, settled, settled, peak, 0);
    }

    /** As if nothing had been sent, since there is no news of it. */
    Outbox retry() {
        return new Outbox(issued, settled, settled, peak, attempts + 1);
    }

    Outbox publish(long upTo) {
        return new Outbox(issued, settled, upTo, Math.max(peak, upTo), attempts);
    }

    /** How many more may be under way. */
    int room(int window) {
        return (int) Math.max(0, window - (sent - settled));
    }

    boolean isQuiet() {
        return settled == issued;
    }
}
