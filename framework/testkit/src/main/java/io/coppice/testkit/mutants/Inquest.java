package io.coppice.testkit.mutants;

import java.time.Duration;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Tries a mutant until it is found out.
 *
 * @param mutant the bug
 * @param tries how many tries that took, or how many were in vain
 * @param took how long that took
 * @param verdict how it was found out; empty if it was not
 */
public record Inquest(Mutant mutant, int tries, Duration took, String verdict) {

    /** What stands above the lines of a report. */
    public static final String HEADING = line("mutant", "tries", "time", "found out by");

    /** Whether the mutant was found out. */
    public boolean isOver() {
        return !verdict.isEmpty();
    }

    /**
     * Hunts {@code mutant}.
     *
     * @param workshop makes it
     * @param trial the name of a class with a constructor that takes the name of the mutant's
     *     trial; it is a {@code Function<String, String>}, loaded with the mutant, that is given
     *     what is to be tried, answers how the mutant was found out or an empty string, and is an
     *     {@link AutoCloseable}
     * @param cases what to try, as text: as many as there may be tries
     * @param patience how long to try
     */
    public static Inquest of(
            Mutant mutant,
            Workshop workshop,
            String trial,
            Iterator<String> cases,
            Duration patience) {
        var court = court(workshop.make(mutant), trial, mutant.trial());
        long begin = System.nanoTime();
        int tries = 0;
        var verdict = "";
        while (verdict.isEmpty()
                && cases.hasNext()
                && System.nanoTime() - begin < patience.toNanos()) {
            tries++;
            verdict = court.apply(cases.next());
        }
        dismiss(court);
        return new Inquest(mutant, tries, Duration.ofNanos(System.nanoTime() - begin), verdict);
    }

    @SuppressWarnings("unchecked") // as the caller has been told
    private static Function<String, String> court(ClassLoader loader, String trial, String about) {
        try {
            return (Function<String, String>)
                    loader.loadClass(trial).getConstructor(String.class).newInstance(about);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no trial: " + trial, e);
        }
    }

    /** A broken runtime may not even end; nobody waits for it. */
    private static void dismiss(Function<String, String> court) {
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                ((AutoCloseable) court).close();
                            } catch (Exception | Error broken) {
                                // that is what it is
                            }
                        });
    }

    /** One line of a report. */
    @Override
    public String toString() {
        var count = isOver() ? String.valueOf(tries) : "LIVES";
        return line(mutant.name(), count, took.toMillis() + " ms", mutant.trial());
    }

    private static String line(String name, String tries, String time, String trial) {
        return "%-44s %8s %10s  %s".formatted(name, tries, time, trial);
    }
}
