package io.coppice.examples.incidents.stage;

/** Whether the bug is here. */
public enum Verdict {
    /** It is not. */
    OK("OK"),
    /** It is, or the check would not notice. */
    WRONG("WRONG");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
