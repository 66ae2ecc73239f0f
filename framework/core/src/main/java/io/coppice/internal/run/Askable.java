package io.coppice.internal.run;

/** Something that can be asked: a process, or whoever has a name. */
interface Askable {

    /**
     * Has {@code message} delivered, and {@code pending} settled: by the answer, by the end of who
     * was asked, or because the message was not taken.
     *
     * @param nanos how long to wait for room, where that is to be waited for
     */
    void ask(PendingReply<?> pending, Object message, long nanos);
}
