package io.coppice.internal.run;

import io.coppice.actor.Fates;
import io.coppice.actor.Fates.Dropped;
import io.coppice.actor.Fates.Refused;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts fates, lives and alarms. Workers count in one of their own, because a shared counter would
 * cost as much as the message; all other threads share one.
 */
abstract sealed class Tally extends Padding {

    private final Map<Dropped, LongAdder> dropped = adders(Dropped.class);
    private final Map<Refused, LongAdder> refused = adders(Refused.class);

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        var adders = new EnumMap<E, LongAdder>(type);
        for (var reason : type.getEnumConstants()) {
            adders.put(reason, new LongAdder());
        }
        return adders;
    }

    /** Of one thread. */
    static Tally own() {
        return new Padded();
    }

    /** A message is about to enter a mailbox. Counted before it can be handled. */
    abstract void accepted();

    /** A message has been handled, whatever came of it. */
    abstract void handled();

    /** A message is sent to a process that last ran on another worker, or a task taken from one. */
    void crossed() {}

    /** A turn begins, and not with a message from outside. */
    void fedFromWithin() {}

    /** Whether for some time all turns of this thread have begun with a message from outside. */
    boolean isFedFromOutside(long nowNanos) {
        return false;
    }

    /** A turn ends though there is more to do. */
    void yielded() {}

    /** A process has been made. Counted before it can end. */
    abstract void born();

    abstract void died();

    /** An alarm is about to be set. */
    abstract void armed();

    /** An alarm has rung, or been called off. */
    abstract void disarmed();

    protected abstract long acceptedSoFar();

    protected abstract long handledSoFar();

    abstract long bornSoFar();

    abstract long diedSoFar();

    abstract long armedSoFar();

    abstract long disarmedSoFar();

    long yieldedSoFar() {
        return 0;
    }

    long crossedSoFar() {
        return 0;
    }

    final void lost(Fates.Loss why) {
        switch (why) {
            case Dropped it -> dropped(it);
            case Refused it -> refused(it);
        }
    }

    final void dropped(Dropped why) {
        count(dropped, why);
    }

    final void refused(Refused why) {
        count(refused, why);
    }

    private static <E extends Enum<E>> void count(Map<E, LongAdder> adders, E why) {
        var adder = adders.get(why);
        if (adder != null) {
            adder.increment();
        }
    }

    /**
     * The sum of {@code tallies} and of what was admitted besides. What left mailboxes is read
     * before what entered them: if the two are equal, nothing was inside when the first reading
     * ended.
     */
    static Fates sum(Collection<Tally> tallies, LongSupplier admitted) {
        var dropped = new EnumMap<Dropped, Long>(Dropped.class);
        for (var why : Dropped.values()) {
            dropped.put(why, tallies.stream().mapToLong(t -> sum(t.dropped, why)).sum());
        }
        long handled = tallies.stream().mapToLong(Tally::handledSoFar).sum();
        long accepted =
                admitted.getAsLong() + tallies.stream().mapToLong(Tally::acceptedSoFar).sum();
        var refused = new EnumMap<Refused, Long>(Refused.class);
        for (var why : Refused.values()) {
            refused.put(why, tallies.stream().mapToLong(t -> sum(t.refused, why)).sum());
        }
        return new Fates(
                accepted,
                handled,
                Collections.unmodifiableMap(dropped),
                Collections.unmodifiableMap(refused));
    }

    private static <E extends Enum<E>> long sum(Map<E, LongAdder> adders, E why) {
        var adder = adders.get(why);
        return adder == null ? 0 : adder.sum();
    }

    /** Written by one thread. */
    private abstract static sealed class Own extends Tally {
        private static final long SOME_TIME_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

        private static final VarHandle ACCEPTED = counter("accepted");
        private static final VarHandle HANDLED = counter("handled");
        private static final VarHandle CROSSED = counter("crossed");
        private static final VarHandle YIELDED = counter("yielded");
        private static final VarHandle BORN = counter("born");
        private static final VarHandle DIED = counter("died");
        private static final VarHandle ARMED = counter("armed");
        private static final VarHandle DISARMED = counter("disarmed");

        private long accepted;
        private long handled;
        private long crossed;
        private long yielded;
        private boolean isFedFromWithin = true;
        private long fedFromWithinNanos;
        private long born;
        private long died;
        private long armed;
        private long disarmed;

        private static VarHandle counter(String name) {
            try {
                return MethodHandles.lookup().findVarHandle(Own.class, name, long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @Override
        void accepted() {
            ACCEPTED.setRelease(this, accepted + 1);
        }

        @Override
        void handled() {
            HANDLED.setRelease(this, handled + 1);
        }

        @Override
        void crossed() {
            CROSSED.setOpaque(this, crossed + 1);
        }

        @Override
        void fedFromWithin() {
            if (!isFedFromWithin) {
                isFedFromWithin = true;
            }
        }

        @Override
        boolean isFedFromOutside(long nowNanos) {
            if (isFedFromWithin) {
                isFedFromWithin = false;
                fedFromWithinNanos = nowNanos;
            }
            return nowNanos - fedFromWithinNanos >= SOME_TIME_NANOS;
        }

        @Override
        void yielded() {
            YIELDED.setOpaque(this, yielded + 1);
        }

        @Override
        long yieldedSoFar() {
            return (long) YIELDED.getOpaque(this);
        }

        @Override
        void born() {
            BORN.setRelease(this, born + 1);
        }

        @Override
        void died() {
            DIED.setRelease(this, died + 1);
        }

        @Override
        void armed() {
            ARMED.setRelease(this, armed + 1);
        }

        @Override
        void disarmed() {
            DISARMED.setRelease(this, disarmed + 1);
        }

        @Override
        long crossedSoFar() {
            return (long) CROSSED.getOpaque(this);
        }

        @Override
        long bornSoFar() {
            return (long) BORN.getAcquire(this);
        }

        @Override
        long diedSoFar() {
            return (long) DIED.getAcquire(this);
        }

        @Override
        long armedSoFar() {
            return (long) ARMED.getAcquire(this);
        }

        @Override
        long disarmedSoFar() {
            return (long) DISARMED.getAcquire(this);
        }

        @Override
        protected long acceptedSoFar() {
            return (long) ACCEPTED.getAcquire(this);
        }

        @Override
        protected long handledSoFar() {
            return (long) HANDLED.getAcquire(this);
        }
    }

    /** See {@link Padding}. */
    @SuppressWarnings("unused")
    private static final class Padded extends Own {
        private long p0, p1, p2, p3, p4, p5, p6, p7;
    }

    /** Written by many threads. */
    static final class Shared extends Tally {
        private final LongAdder accepted = new LongAdder();
        private final LongAdder handled = new LongAdder();
        private final LongAdder born = new LongAdder();
        private final LongAdder died = new LongAdder();
        private final LongAdder armed = new LongAdder();
        private final LongAdder disarmed = new LongAdder();

        @Override
        void accepted() {
            accepted.increment();
        }

        @Override
        void handled() {
            handled.increment();
        }

        @Override
        void born() {
            born.increment();
        }

        @Override
        void died() {
            died.increment();
        }

        @Override
        void armed() {
            armed.increment();
        }

        @Override
        void disarmed() {
            disarmed.increment();
        }

        @Override
        long bornSoFar() {
            return born.sum();
        }

        @Override
        long diedSoFar() {
            return died.sum();
        }

        @Override
        long armedSoFar() {
            return armed.sum();
        }

        @Override
        long disarmedSoFar() {
            return disarmed.sum();
        }

        @Override
        protected long acceptedSoFar() {
            return accepted.sum();
        }

        @Override
        protected long handledSoFar() {
            return handled.sum();
        }
    }
}
