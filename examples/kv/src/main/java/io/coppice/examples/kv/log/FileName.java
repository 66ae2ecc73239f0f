package io.coppice.examples.kv.log;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a file of a log, such as {@code 000007.log}.
 *
 * @param number of the generation, from 1; higher is newer
 */
record FileName(long number, Kind kind) {

    enum Kind {
        /** Effects, appended. */
        SEGMENT(".log"),
        /** The state at the beginning of the segment of the same number. */
        SNAPSHOT(".snapshot"),
        /** A snapshot being written. */
        UNFINISHED(".snapshot.tmp");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    private static final Pattern PATTERN = Pattern.compile("(\\d{6,18})(\\..*)");

    static String segment(long number) {
        return new FileName(number, Kind.SEGMENT).toString();
    }

    static String snapshot(long number) {
        return new FileName(number, Kind.SNAPSHOT).toString();
    }

    static String unfinished(long number) {
        return new FileName(number, Kind.UNFINISHED).toString();
    }

    /** Empty for a file that is none of a log. */
    static Optional<FileName> of(String name) {
        var matcher = PATTERN.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (var kind : Kind.values()) {
            if (kind.suffix.equals(matcher.group(2))) {
                return Optional.of(new FileName(Long.parseLong(matcher.group(1)), kind));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "%06d%s".formatted(number, kind.suffix);
    }
}
