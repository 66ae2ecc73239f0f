package io.coppice.conformance;

/** What a worker does with an exit of its own supervisor; all but {@link Die} trap exits. */
sealed interface OnShutdown {

    /** It does not trap exits. */
    record Die() implements OnShutdown {}

    /** It ends with the reason it is told. */
    record Exit() implements OnShutdown {}

    /** It records the exit, as any other message. */
    record Ignore() implements OnShutdown {}

    /** It ends with the reason it is told, after {@code millis}. */
    record Delay(long millis) implements OnShutdown {}

    /** It ends with a reason of its own. */
    record Reason(String reason) implements OnShutdown {}

    static OnShutdown parse(String text) {
        int colon = text.indexOf(':');
        var rest = text.substring(colon + 1);
        return switch (colon < 0 ? text : text.substring(0, colon + 1)) {
            case "die" -> new Die();
            case "exit" -> new Exit();
            case "ignore" -> new Ignore();
            case "delay:" -> new Delay(millis(rest));
            case "reason:" -> new Reason(rest);
            default ->
                    throw new IllegalArgumentException(
                            "on_shutdown is none of die, exit, ignore, delay:MS, reason:R: "
                                    + text);
        };
    }

    private static long millis(String text) {
        try {
            long millis = Long.parseLong(text);
            if (millis >= 0) {
                return millis;
            }
        } catch (NumberFormatException e) {
            // told below, as is a negative number
        }
        throw new IllegalArgumentException("on_shutdown=delay is not a number of ms: " + text);
    }
}
