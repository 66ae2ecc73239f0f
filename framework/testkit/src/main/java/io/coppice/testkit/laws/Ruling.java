package io.coppice.testkit.laws;

import java.util.ArrayList;
import java.util.List;

/**
 * What a law says of one performance.
 *
 * @param wasTested whether what the law speaks of has happened at all
 * @param violations how it was broken, in sentences; empty if it was kept
 */
public record Ruling(boolean wasTested, List<String> violations) {

    public Ruling {
        violations = List.copyOf(violations);
    }

    /** Collects what is seen. */
    static final class Court {
        private boolean wasTested;
        private final List<String> violations = new ArrayList<>();

        /** The law speaks of this; {@code isKept} says whether it was kept. */
        @SuppressWarnings("AnnotateFormatMethod") // that annotation is of a library
        void require(boolean isKept, String violation, Object... about) {
            wasTested = true;
            if (!isKept) {
                violations.add(violation.formatted(about));
            }
        }

        Ruling rule() {
            return new Ruling(wasTested, violations);
        }
    }
}
