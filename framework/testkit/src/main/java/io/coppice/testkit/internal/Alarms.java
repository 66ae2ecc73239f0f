package io.coppice.testkit.internal;

import io.coppice.spi.Scheduler.Alarm;
import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

import java.util.PriorityQueue;

/** What is to happen at a later time, and that time. */
final class Alarms {

    private final PriorityQueue<Set> waiting = new PriorityQueue<>();
    private long made;

    /** One alarm; of those of one instant, the one set first is first. */
    private static final class Set implements Alarm, Task, Comparable<Set> {
        private final long at;
        private final long number;
        private final Runnable action;
        private boolean cancelled;

        Set(long at, long number, Runnable action) {
            this.at = at;
            this.number = number;
            this.action = action;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public void run() {
            if (!cancelled) {
                action.run();
            }
        }

        @Override
        public int compareTo(Set other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    Alarm add(long at, Runnable action) {
        var alarm = new Set(at, ++made, action);
        waiting.add(alarm);
        return alarm;
    }

    /** When the next one goes off; {@link Long#MAX_VALUE} if none is to. */
    long next() {
        var first = waiting.peek();
        while (first != null && first.cancelled) {
            waiting.poll();
            first = waiting.peek();
        }
        return first == null ? Long.MAX_VALUE : first.at;
    }

    /** Takes the next one that goes off at {@code now}; null if there is none left. */
    @Nullable Task poll(long now) {
        return next() == now ? waiting.poll() : null;
    }
}
