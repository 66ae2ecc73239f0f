package io.coppice.examples.incidents.stage;

/**
 * What came of running an incident.
 *
 * @param right what had to be seen here
 * @param here what was seen
 */
public record Outcome(Story story, Elsewhere elsewhere, Facts right, Facts here) {

    /** Runs {@code incident}. Whatever it throws becomes a fact. */
    static Outcome of(Incident incident) {
        var right = incident.right();
        return new Outcome(incident.story(), incident.elsewhere(), right, here(incident, right));
    }

    private static Facts here(Incident incident, Facts right) {
        try {
            return incident.here();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Facts.of(right.headline().what(), "interrupted");
        } catch (Exception | AssertionError failed) {
            return Facts.of(right.headline().what(), "failed: " + failed);
        }
    }

    /**
     * OK if all facts are right here, and were wrong elsewhere: a check that takes the bug itself
     * for right is no check.
     */
    public Verdict verdict() {
        return here.equals(right) && !elsewhere.facts().equals(right) ? Verdict.OK : Verdict.WRONG;
    }
}
