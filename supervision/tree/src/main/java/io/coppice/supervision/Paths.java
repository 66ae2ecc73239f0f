package io.coppice.supervision;

/**
 * What the children of one supervisor are called: {@code shop/orders/ledger}. Keeps the last that
 * it was asked for: a child that fails again and again is named at each of its ends and starts, and
 * the children of a dynamic supervisor are all called the same.
 */
final class Paths {

    private final String prefix;
    private String lastId = "";
    private String last;

    Paths(String supervisor) {
        this.prefix = supervisor + "/";
        this.last = prefix;
    }

    /** For the supervisor itself: what {@code child} is called. */
    String of(ChildSpec<?> child) {
        String id = child.id();
        if (!id.equals(lastId)) {
            last = made(id);
            lastId = id;
        }
        return last;
    }

    /** For anybody, at any time: what {@code child} is called. */
    String make(ChildSpec<?> child) {
        return made(child.id());
    }

    private String made(String id) {
        return prefix + id;
    }
}
