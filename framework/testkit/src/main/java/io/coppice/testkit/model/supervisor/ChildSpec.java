package io.coppice.testkit.model.supervisor;

import java.util.Locale;

/** How a child is to be treated. */
record ChildSpec(String id, Restart restart, Shutdown shutdown, boolean isSignificant, Type type) {

    enum Restart {
        PERMANENT,
        TRANSIENT,
        TEMPORARY
    }

    enum Type {
        WORKER,
        SUPERVISOR
    }

    /** How a child is ended. */
    sealed interface Shutdown {

        /** It is killed. */
        record BrutalKill() implements Shutdown {}

        /** It is told to end, and killed if it has not after {@code millis}. */
        record Within(long millis) implements Shutdown {}

        /** It is told to end. */
        record Infinity() implements Shutdown {}
    }

    boolean isTemporary() {
        return restart == Restart.TEMPORARY;
    }

    /** As OTP shows it. */
    String text() {
        return "restart=%s shutdown=%s significant=%s type=%s"
                .formatted(word(restart), text(shutdown), isSignificant, word(type));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Shutdown shutdown) {
        return switch (shutdown) {
            case Shutdown.BrutalKill() -> "brutal_kill";
            case Shutdown.Within(long millis) -> String.valueOf(millis);
            case Shutdown.Infinity() -> "infinity";
        };
    }
}
