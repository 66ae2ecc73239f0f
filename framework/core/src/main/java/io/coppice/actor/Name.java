package io.coppice.actor;

import static java.util.Objects.requireNonNull;

/**
 * A name under which a process can be found, and the type of the messages it understands.
 *
 * @param value not blank, unique within the node
 * @param <M> the messages of the process; two names are equal if their values are, so give one
 *     value one type
 */
public record Name<M>(String value) {

    public Name {
        requireNonNull(value, "name");
        if (value.isBlank()) {
            throw new IllegalArgumentException("name is blank: \"" + value + "\"");
        }
    }

    /** The name {@code value}. */
    public static <M> Name<M> of(String value) {
        return new Name<>(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
