package io.coppice.examples.incidents.log.kit;

/** Bytes that are no frame. Does not leave the codec. */
final class Malformed extends Exception {

    private static final long serialVersionUID = 1;

    private final Code code;

    Malformed(Code code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    Code code() {
        return code;
    }
}
