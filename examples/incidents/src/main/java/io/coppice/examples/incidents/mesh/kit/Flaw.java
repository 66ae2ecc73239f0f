package io.coppice.examples.incidents.mesh.kit;

/** What can be wrong with a peer, on purpose: the bugs of others, one rule broken each. */
public enum Flaw {
    /** Takes what others write into a slot that is not theirs. */
    ANYBODY_WRITES,
    /** Refuses a foreign deletion of what is its own, and leaves it at that. */
    SILENT_REFUSAL,
    /** Writes what it has imported once more, in its own name. */
    REPUBLISHES_IMPORTS,
    /** Looks at its own workers when it is notified, and never again. */
    NO_RECONCILE,
    /** Writes all its entries anew when it has lagged. */
    REWRITES_ALL,
    /** Forgets a deletion when some time has passed. */
    FORGETS_BY_TIME,
    /** Forgets what is oldest, deletions included, when it is full. */
    DROPS_OLDEST,
    /** Hears that a peer is dead, and does nothing about its entries. */
    KEEPS_THE_DEAD,
    /** Notes what others have by key and time, without the replica. */
    ACKS_BY_TIME,
    /** Kills the holder that has lost its name, instead of telling it. */
    KILLS_THE_LOSER
}
