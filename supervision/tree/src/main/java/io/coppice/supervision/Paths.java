package io.coppice.supervision;

/**
 * What the children of one supervisor are called: {@code shop/orders/ledger}. Keeps the last that
 * it has made: a child that fails again and again is named at each of its ends and starts, and the
 * children of a dynamic supervisor are all called the same.
 */
final class Paths {

    private final String prefix;
    private String last;

    Paths(String supervisor) {
        this.prefix = supervisor + "/";
        this.last = prefix;
    }

    /** For anybody, at any time: what {@code child} is called. */
    String of(ChildSpec<?> child) {
        String id = child.id();
        String known = last;
        if (known.length() == prefix.length() + id.length() && known.endsWith(id)) {
            return known;
        }
        String made = prefix + id;
        last = made;
        return made;
    }
}
