package io.coppice.examples.kv.server;

/** What chaos may kill. */
public enum ChaosKind {
    /** The owners of data. */
    SHARDS("shard"),
    /** Connections of clients. */
    CONNECTIONS("connection"),
    /** Whoever takes clients in. */
    LISTENER("listener"),
    /** Supervisors below the root, and so all of their children at once. */
    SUPERVISORS("supervisor");

    private final String singular;

    ChaosKind(String singular) {
        this.singular = singular;
    }

    /** What one victim is called. */
    public String singular() {
        return singular;
    }
}
