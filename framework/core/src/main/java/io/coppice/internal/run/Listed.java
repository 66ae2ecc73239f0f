package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * Stands in a list that its members hold together themselves: adding and taking out touch two
 * neighbours and allocate nothing, be there one or a hundred thousand.
 *
 * <p>A list is known by its first member, and is null if it is empty. It goes around, so the first
 * knows the last. Whatever guards that reference guards the list; nobody is in two by the same
 * {@code Listed}.
 */
abstract class Listed {

    private @Nullable Listed before;
    private @Nullable Listed after;

    final boolean isListed() {
        return after != null;
    }

    /**
     * Adds {@code one}, which stands in no list, as the last.
     *
     * @return the list
     */
    static <T extends Listed> T with(@Nullable T list, T one) {
        if (one.isListed()) {
            throw new IllegalStateException(one + " is in a list already");
        }
        if (list == null) {
            tie(one, one);
            return one;
        }
        var last = ((Listed) list).before();
        tie(last, one);
        tie(one, list);
        return list;
    }

    /**
     * Takes out {@code one}, which stands in this very list.
     *
     * @return the list
     */
    @SuppressWarnings("unchecked") // all members of a list are of its type
    static <T extends Listed> @Nullable T without(T list, T one) {
        var after = ((Listed) one).after();
        if (after != one) {
            tie(((Listed) one).before(), after);
        }
        ((Listed) one).leave();
        if (one != list) {
            return list;
        }
        return after == one ? null : (T) after;
    }

    /** Visits every member, in the order in which they were added. None may come or go. */
    @SuppressWarnings("unchecked") // all members of a list are of its type
    static <T extends Listed> void forEach(@Nullable T list, Consumer<? super T> visitor) {
        Listed one = list;
        while (one != null) {
            visitor.accept((T) one);
            var next = one.after();
            one = next == list ? null : next;
        }
    }

    /** {@link #forEach}, of a list that nobody needs any more: each leaves before it is visited. */
    @SuppressWarnings("unchecked") // all members of a list are of its type
    static <T extends Listed> void empty(@Nullable T list, Consumer<? super T> visitor) {
        Listed one = list;
        while (one != null) {
            var next = one.after();
            one.leave();
            visitor.accept((T) one);
            one = next == list ? null : next;
        }
    }

    private static void tie(Listed one, Listed next) {
        one.after = next;
        next.before = one;
    }

    private void leave() {
        before = null;
        after = null;
    }

    private Listed before() {
        return requireNonNull(before, "not in a list");
    }

    private Listed after() {
        return requireNonNull(after, "not in a list");
    }
}
