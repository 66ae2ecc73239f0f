package io.coppice.internal.mailbox;

import java.util.function.Function;

/**
 * Something that happened, waiting to be turned into a message by a function that the process gave.
 *
 * @param <T> what happened
 */
public final class News<T> extends Envelope {

    private final Function<? super T, ?> toMessage;

    public News(T what, Function<? super T, ?> toMessage) {
        super(what);
        this.toMessage = toMessage;
    }

    @Override
    @SuppressWarnings("unchecked") // the content is the T of the constructor, or a mark
    public Object open() {
        var content = content();
        if (isEmpty(content)) {
            return content;
        }
        var message = toMessage.apply((T) content);
        if (message == null) {
            throw new NullPointerException("message made of " + content);
        }
        return message;
    }
}
