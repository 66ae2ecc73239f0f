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
 *     for no limit; 30 s by default. An actor's begins with its init or some milliseconds later, a
 *     program's when it is created, and so does any in a simulation
 * @param mailbox how many messages may wait; any number by default
 * @param isDrainable whether the process, with all that it and they create, can be {@link
 *     Context#drain drained}; false by default
 * @param isSource whether something comes in from outside through the process: what it sends is
 *     then let in or kept out like what code outside of all processes sends. When it is about to be
 *     stopped with the rest, and sends or calls, it waits there for its end; what it offers is
 *     answered. False by default
 * @param heldShut whether the process, once initialised, stays shut until its parent {@linkplain
 *     Context#open opens} it; false by default. Only for a process that another one creates
 * @param <M> the messages of the process
 */
public record SpawnOptions<M>(
        String label,
        Optional<Name<M>> name,
        Optional<Duration> initDeadline,
        Optional<MailboxBound> mailbox,
        boolean isDrainable,
        boolean isSource,
        boolean heldShut) {

    private static final SpawnOptions<?> DEFAULTS =
            new SpawnOptions<>(
                    "",
                    Optional.empty(),
                    Optional.of(Duration.ofSeconds(30)),
                    Optional.empty(),
                    false,
                    false,
                    false);

    public SpawnOptions {
        requireNonNull(label, "label");
        requireNonNull(name, "name");
        requireNonNull(mailbox, "mailbox");
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
        return new SpawnOptions<>(
                label, name, initDeadline, mailbox, isDrainable, isSource, heldShut);
    }

    /** These options with {@code name}, which is the label too if there is none. */
    public SpawnOptions<M> withName(Name<M> name) {
        return new SpawnOptions<>(
                label.isEmpty() ? name.value() : label,
                Optional.of(name),
                initDeadline,
                mailbox,
                isDrainable,
                isSource,
                heldShut);
    }

    /** These options with {@code deadline} for init. */
    public SpawnOptions<M> withInitDeadline(Duration deadline) {
        return withInitDeadline(Optional.of(deadline));
    }

    /** These options without a limit for init. */
    public SpawnOptions<M> withoutInitDeadline() {
        return withInitDeadline(Optional.empty());
    }

    /** These options with {@code deadline} for init, or without a limit if it is empty. */
    public SpawnOptions<M> withInitDeadline(Optional<Duration> deadline) {
        return new SpawnOptions<>(label, name, deadline, mailbox, isDrainable, isSource, heldShut);
    }

    /** These options with a bound for the mailbox. */
    public SpawnOptions<M> withMailbox(MailboxBound bound) {
        return new SpawnOptions<>(
                label, name, initDeadline, Optional.of(bound), isDrainable, isSource, heldShut);
    }

    /** These options, for a process that can be {@link Context#drain drained}. */
    public SpawnOptions<M> drainable() {
        return new SpawnOptions<>(label, name, initDeadline, mailbox, true, isSource, heldShut);
    }

    /** These options, for a process through which something comes in from outside. */
    public SpawnOptions<M> source() {
        return new SpawnOptions<>(label, name, initDeadline, mailbox, isDrainable, true, heldShut);
    }

    /** These options for a process that stays shut until its parent opens it. */
    public SpawnOptions<M> withHeldShut() {
        return new SpawnOptions<>(label, name, initDeadline, mailbox, isDrainable, isSource, true);
    }
}
