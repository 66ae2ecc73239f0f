package io.coppice.actor;

/** A call got no answer because its message was not taken: the mailbox is full, or gated. */
public final class CallRefused extends CallFailure {

    private static final long serialVersionUID = 1;

    private final transient Offer offer;

    /** For the runtime. */
    public CallRefused(String callee, Offer offer) {
        super(callee + " did not take the request: " + offer);
        this.offer = offer;
    }

    /** Why: {@link Offer.Full}, {@link Offer.Gated} or {@link Offer.NotOpen}. */
    public Offer offer() {
        return offer;
    }
}
