package io.coppice.supervision;

import java.time.Duration;
import java.util.Locale;

/** Values as people read them. */
final class Words {

    private Words() {}

    /** For example {@code 2 s}, {@code 100 ms}; as ISO 8601 has it if it is neither. */
    static String of(Duration time) {
        if (time.getNano() == 0) {
            return time.toSeconds() + " s";
        }
        return time.getNano() % 1_000_000 == 0 && time.compareTo(Duration.ofMinutes(1)) < 0
                ? time.toMillis() + " ms"
                : time.toString();
    }

    /** For example {@code 99,990}. */
    static String of(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** For example {@code running}. */
    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** For example {@code at most 3 restarts in 5 s}. */
    static String budget(int intensity, Duration period) {
        return intensity == 0
                ? "no restart"
                : "at most " + restarts(intensity) + " in " + of(period);
    }

    /** For example {@code 1 restart}. */
    static String restarts(int count) {
        return count == 1 ? "1 restart" : of(count) + " restarts";
    }
}
