package io.coppice.examples.incidents.log.kit;

/** What a peer is told when something is wrong: this, and nothing from the inside. */
public enum Code {
    /** Less than a frame. */
    TOO_SHORT,
    /** A frame, a name or a text is longer, or a list has more elements, than is allowed. */
    TOO_LARGE,
    /** No kind of frame has this number. */
    UNKNOWN_KIND,
    /** A number is out of its range. */
    BAD_NUMBER,
    /** A text is not UTF-8, or blank where it must not be. */
    BAD_TEXT,
    /** There is more than the frame. */
    TRAILING,
    /** The sum at the end is another one. */
    BAD_SUM,
    /** No version is spoken by both. */
    NO_COMMON_VERSION,
    /** A frame that makes sense, but not now. */
    OUT_OF_TURN,
    /** Something went wrong here, and not by the peer's fault. */
    INTERNAL
}
