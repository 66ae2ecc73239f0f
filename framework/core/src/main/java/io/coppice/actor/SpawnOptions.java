package io.coppice.actor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How a process is to be created.
 *
 * @param label what people call the process in logs; by default its name, or else the empty string
 * @param name registered before the process runs
 * @param initDeadline how long init may take for those who wait for it: greater than zero, or empty
 *     for no limit; 30 s by default
 * @param heldShut whether the process, once initialised, stays shut until its parent {@linkplain
 *     Context#open opens} it; false by default. Only for a process that another one creates
 * @param <M> the messages of the process
 */
public record SpawnOptions<M>(
        String label,
        Optional<Name<M>> name,
        Optional<Duration> initDeadline,
        boolean heldShut) {

    private static final SpawnOptions<?> DEFAULTS =
            new SpawnOptions<>("", Optional.empty(), Optional.of(Duration.ofSeconds(30)), false);

    public SpawnOptions {
        requireNonNull(label, "label");
        requireNonNull(name, "name");
        initDeadline.ifPresent(
                deadline -> {
                    if (!deadline.isPositive()) {
                        throw new IllegalArgumentException(
                                "initDeadline: " + deadline + ", must be greater than zero");
                    }
                });
    }

    /** No name, no label, 30 s for init, open after it. */
    @SuppressWarnings("unchecked") // immutable, and empty of M
    public static <M> SpawnOptions<M> defaults() {
        return (SpawnOptions<M>) DEFAULTS;
    }

    /** These options with {@code label}. */
    public SpawnOptions<M> withLabel(String label) {
        return new SpawnOptions<>(label, name, initDeadline, heldShut);
    }

    /** These options with {@code name}, which is the label too if there is none. */
    public SpawnOptions<M> withName(Name<M> name) {
        return new SpawnOptions<>(
                label.isEmpty() ? name.value() : label, Optional.of(name), initDeadline, heldShut);
    }

    /** These options with {@code deadline} for init. */
    public SpawnOptions<M> withInitDeadline(Duration deadline) {
        return new SpawnOptions<>(label, name, Optional.of(deadline), heldShut);
    }

    /** These options without a limit for init. */
    public SpawnOptions<M> withoutInitDeadline() {
        return new SpawnOptions<>(label, name, Optional.empty(), heldShut);
    }

    /** These options for a process that stays shut until its parent opens it. */
    public SpawnOptions<M> withHeldShut() {
        return new SpawnOptions<>(label, name, initDeadline, true);
    }
}
