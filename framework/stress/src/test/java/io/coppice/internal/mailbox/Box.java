package io.coppice.internal.mailbox;

import org.jspecify.annotations.Nullable;

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

    /** When all who sent have returned: what is in it, from the head on, and what was emptied. */
    String contents() {
        var all = new StringJoiner(" ");
        @Nullable Envelope at = head();
        while (at != null && at != last()) {
            all.add(named(at.content()));
            at = peek(at);
        }
        return all.add(at == null ? "torn" : named(at.content())).toString();
    }

    static String named(Object content) {
        if (content == Envelope.SENDER_ENDED) {
            return "emptied";
        }
        return content == Envelope.TAKEN_BACK ? "taken-back" : content.toString();
    }
}
