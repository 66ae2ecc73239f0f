package io.coppice.internal.run;

import io.coppice.spi.Scheduler;
import io.coppice.spi.Scheduler.Alarm;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** An alarm that is counted as long as it is set: it rings once, or is called off. */
final class CountedAlarm extends AtomicBoolean implements Alarm, Runnable {

    private static final long serialVersionUID = 1;

    private final transient LongAdder armed;
    private final transient Runnable action;
    private transient volatile @Nullable Alarm alarm;

    /**
     * @param armed how many are set
     */
    CountedAlarm(LongAdder armed, Runnable action) {
        this.armed = armed;
        this.action = action;
    }

    void set(Scheduler scheduler, long delayNanos) {
        armed.increment();
        alarm = scheduler.after(delayNanos, this);
    }

    @Override
    public void run() {
        if (compareAndSet(false, true)) {
            try {
                action.run();
            } finally {
                armed.decrement();
            }
        }
    }

    @Override
    public void cancel() {
        if (compareAndSet(false, true)) {
            armed.decrement();
            var set = alarm;
            if (set != null) {
                set.cancel();
            }
        }
    }
}
