package io.coppice.examples.kv.driver;

import java.util.List;

/**
 * What reading everything back has shown.
 *
 * @param keys how many keys were read and compared
 * @param unread keys that could not be read in time
 * @param findings keys that hold what they cannot hold
 */
public record Verification(int keys, List<String> unread, List<Finding> findings) {

    public Verification {
        unread = List.copyOf(unread);
        findings = List.copyOf(findings);
    }

    /** How many acknowledged writes are gone. */
    public long lostWrites() {
        return findings.stream().mapToLong(Finding::writesMissing).sum();
    }

    /** How many keys hold what they never held. */
    public long wrongValues() {
        return findings.stream().filter(finding -> finding.writesMissing() == 0).count();
    }

    public boolean isClean() {
        return unread.isEmpty() && findings.isEmpty();
    }
}
