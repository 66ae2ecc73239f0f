package io.coppice.actor;

/** A call got no answer because its message was not taken: the mailbox is full, or gated. */
public final class CallRefused extends CallFailure {

    private static final long serialVersionUID = 1;

    private final transient Offer offer;

    /** For the runtime. */
    public CallRefused(String callee, Offer offer) {
        super("the request to " + callee + " was not taken: " + offer);
        this.offer = offer;
    }

    /** Why: {@link Offer.Full} or {@link Offer.Gated}. */
    public Offer offer() {
        return offer;
    }
}
