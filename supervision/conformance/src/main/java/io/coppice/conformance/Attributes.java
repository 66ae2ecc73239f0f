package io.coppice.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a definition says in the form {@code key=value}; of one key the last counts.
 *
 * @param values by key; a key without a value has {@code true}
 */
record Attributes(Map<String, String> values) {

    static final Attributes NONE = new Attributes(Map.of());

    private static final long DEFAULT_SHUTDOWN_MILLIS = 5_000;

    static final Set<String> OF_SUPERVISORS =
            Set.of("strategy", "intensity", "period", "auto_shutdown", "init");

    static final Set<String> OF_CHILDREN =
            Set.of("restart", "shutdown", "significant", "type", "init", "on_shutdown");

    Attributes {
        values = Map.copyOf(values);
    }

    /**
     * Reads the attributes of a line.
     *
     * @throws IllegalArgumentException if a value cannot be understood at all; one that is merely
     *     wrong is for the supervisor to find
     */
    static Attributes parse(List<String> tokens) {
        var values = new TreeMap<String, String>();
        for (var token : tokens) {
            int sign = token.indexOf('=');
            if (sign < 0) {
                values.put(token, "true");
            } else {
                values.put(token.substring(0, sign), token.substring(sign + 1));
            }
        }
        var attributes = new Attributes(values);
        attributes.check();
        return attributes;
    }

    private void check() {
        init();
        onShutdown();
        number("intensity", 0);
        number("period", 0);
        shutdownMillis();
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** These, and where they say nothing, {@code defaults}. */
    Attributes orElse(Attributes defaults) {
        var merged = new TreeMap<>(defaults.values);
        merged.putAll(values);
        return new Attributes(merged);
    }

    String get(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    long number(String key, long otherwise) {
        var value = values.get(key);
        return value == null ? otherwise : parseNumber(key, value);
    }

    boolean isSupervisor() {
        return get("type", "worker").equals("supervisor");
    }

    InitSchedule init() {
        return InitSchedule.parse(get("init", "ok"));
    }

    OnShutdown onShutdown() {
        return OnShutdown.parse(get("on_shutdown", "die"));
    }

    /** How long the shutdown may last in which such a child does not die at once. */
    long waitMillis() {
        return switch (onShutdown()) {
            case OnShutdown.Ignore any -> patienceMillis();
            case OnShutdown.Delay(var millis) -> Math.max(millis, patienceMillis());
            default -> 0;
        };
    }

    private long patienceMillis() {
        return get("shutdown").isPresent() ? shutdownMillis().orElse(0L) : DEFAULT_SHUTDOWN_MILLIS;
    }

    /** The patience in milliseconds; empty if the shutdown is no number. */
    Optional<Long> shutdownMillis() {
        return get("shutdown")
                .filter(value -> !value.equals("brutal_kill") && !value.equals("infinity"))
                .map(value -> parseNumber("shutdown", value));
    }

    private static long parseNumber(String key, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is not a number: " + value, e);
        }
    }
}
