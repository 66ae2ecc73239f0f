package io.coppice.conformance;

/** A supervisor or child is defined in a way that has no counterpart in Coppice. */
final class BadDefinition extends Exception {

    private static final long serialVersionUID = 1;

    private final String term;

    /**
     * @param term what OTP says of it
     */
    BadDefinition(String term) {
        super(term);
        this.term = term;
    }

    String term() {
        return term;
    }

    /** The same, as a supervisor finds it among the children that it is to start with. */
    BadDefinition atStart() {
        return new BadDefinition(Terms.START_SPEC + term);
    }
}
