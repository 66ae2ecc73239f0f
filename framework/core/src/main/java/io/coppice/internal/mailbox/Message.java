package io.coppice.internal.mailbox;

/** An envelope that takes room in a mailbox that has a bound. */
public final class Message extends Envelope {

    public Message(Object content) {
        super(content);
    }

    @Override
    public boolean takesRoom() {
        return true;
    }
}
