package io.coppice.internal.mailbox;

import java.util.StringJoiner;

/** A mailbox without a process: the actors of a race send to it and take out of it. */
final class Box extends Mailbox {

    /** Whether it counts as dead when it sends. */
    volatile boolean dead;

    Box() {
        super(1, "box", new Envelope("first"));
    }

    /** A box whose first envelope has been handled. */
    static Box idle() {
        var box = new Box();
        box.goIdle(box.head());
        return box;
    }

    @Override
    public boolean isDead() {
        return dead;
    }

    /** For the consumer: all from the head on, and what of it was emptied. */
    String contents() {
        var all = new StringJoiner(" ");
        for (var at = head(); ; at = await(at)) {
            all.add(named(at.content()));
            if (at == last()) {
                return all.toString();
            }
        }
    }

    static String named(Object content) {
        if (content == Envelope.SENDER_ENDED) {
            return "emptied";
        }
        return content == Envelope.TAKEN_BACK ? "taken-back" : content.toString();
    }
}
