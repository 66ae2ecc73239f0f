package io.coppice.internal.mailbox;

/** An envelope that no process has sent. */
public final class FromOutside extends Envelope {

    public FromOutside(Object content) {
        super(content);
    }
}
