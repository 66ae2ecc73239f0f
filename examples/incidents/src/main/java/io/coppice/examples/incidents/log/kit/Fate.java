package io.coppice.examples.incidents.log.kit;

/** What can become of an entry. */
public enum Fate {
    /** Stored: its sender has been told so. */
    STORED,
    /** Acknowledged, and removed from the store. */
    SETTLED,
    /** Removed from the store, because what came later made it void. */
    SUPERSEDED,
    /** Sent, for the first time or again. */
    PUBLISHED,
    /** Sent again. */
    REPLAYED,
    /** An acknowledgement of what had never been issued, which is refused. */
    ACK_NEVER_ISSUED,
    /** An acknowledgement over an old line, or of another life of the peer. */
    ACK_STALE,
    /** Came in: one of the fates below follows, unless it waits for others before it. */
    ARRIVED,
    /** Its effect is durable. */
    APPLIED,
    /** Came in time for its turn, but not for its expiry. */
    EXPIRED,
    /** Waited for others that will never come, and is void with them. */
    VOID,
    /** Had come before. */
    DUPLICATE,
    /** Is of another life of the peer. */
    STALE_INCARNATION,
    /** Came over a line that a newer one has taken the place of. */
    FENCED,
    /** So many are missing before it that it is not kept. */
    GAP_EXCEEDED
}
