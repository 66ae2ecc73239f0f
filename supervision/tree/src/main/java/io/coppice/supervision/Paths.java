package io.coppice.supervision;

/** What the children of one supervisor are called: {@code shop/orders/ledger}. */
final class Paths {

    private final String prefix;

    // For the supervisor itself.
    private String lastId = "";
    private String last;

    Paths(String supervisor) {
        this.prefix = supervisor + "/";
        this.last = prefix;
    }

    /** For anybody, at any time: what {@code child} is called. */
    String of(ChildSpec<?> child) {
        return prefix + child.id();
    }

    /**
     * {@link #of} for the supervisor itself, and nobody else, which keeps the last that it has
     * made: a child that fails again and again is named at each of its ends and starts, and the
     * children of a dynamic supervisor are all called the same.
     */
    String kept(ChildSpec<?> child) {
        if (!child.id().equals(lastId)) {
            last = of(child);
            lastId = child.id();
        }
        return last;
    }
}
