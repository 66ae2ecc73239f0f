package io.coppice.internal.run;

import io.coppice.actor.Fates;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** What has been counted on a node: by each worker for itself, by all other threads together. */
final class Tallies {

    /** For threads that have none of their own. */
    final Tally shared = new Tally.Shared();

    private final List<Tally> all = new CopyOnWriteArrayList<>(List.of(shared));

    /** How many messages came from outside of all processes, straight into mailboxes. */
    private final LongSupplier admitted;

    /** Those of threads that have ended: what they counted still counts, and another goes on. */
    private final Queue<Tally> unused = new ConcurrentLinkedQueue<>();

    Tallies(LongSupplier admitted) {
        this.admitted = admitted;
    }

    /** For a thread that will count in it alone, until it {@link #leave leaves} it. */
    Tally take() {
        var left = unused.poll();
        if (left != null) {
            return left;
        }
        var tally = Tally.own();
        all.add(tally);
        return tally;
    }

    /** The thread that has counted in {@code tally} ends. */
    void leave(Tally tally) {
        unused.add(tally);
    }

    /** How many messages have been handled so far. */
    long handled() {
        return sum(Tally::handledSoFar);
    }

    /** How many messages and tasks have come from another worker so far, or from outside of all. */
    long crossed() {
        return admitted.getAsLong() + sum(Tally::crossedSoFar);
    }

    /** How many processes are alive; never one too few. */
    long alive() {
        long dead = sum(Tally::diedSoFar); // before births: who was counted dead has been born
        return sum(Tally::bornSoFar) - dead;
    }

    /** How many alarms are set. */
    long alarms() {
        long over = sum(Tally::disarmedSoFar);
        return sum(Tally::armedSoFar) - over;
    }

    private long sum(ToLongFunction<Tally> count) {
        long sum = 0;
        for (var tally : all) {
            sum += count.applyAsLong(tally);
        }
        return sum;
    }

    Fates fates() {
        return Tally.sum(all, admitted);
    }
}
