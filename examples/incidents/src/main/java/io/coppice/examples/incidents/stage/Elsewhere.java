package io.coppice.examples.incidents.stage;

/**
 * What is seen where the bug is.
 *
 * @param how whether the broken scheme has just been run, or its report is believed
 * @param facts of the same things as those that are looked at here
 */
public record Elsewhere(How how, Facts facts) {

    /** How the facts are known. */
    public enum How {
        /** The broken scheme was run: its steps in plain Java, in the order that hurts. */
        REENACTED("re-enacted"),
        /** They are those of the report. */
        REPORTED("as reported");

        private final String text;

        How(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Seen by running the broken scheme. */
    public static Elsewhere reenacted(Facts facts) {
        return new Elsewhere(How.REENACTED, facts);
    }

    /** Told by those who had the bug. */
    public static Elsewhere reported(Facts facts) {
        return new Elsewhere(How.REPORTED, facts);
    }
}
