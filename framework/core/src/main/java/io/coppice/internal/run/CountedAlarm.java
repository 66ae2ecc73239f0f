package io.coppice.internal.run;

import io.coppice.spi.Scheduler.Alarm;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicBoolean;

/** An alarm that is counted as long as it is set: it rings once, or is called off. */
final class CountedAlarm extends AtomicBoolean implements Alarm, Runnable {

    private static final long serialVersionUID = 1;

    private final transient LocalNode node;
    private final transient Runnable action;
    private transient volatile @Nullable Alarm alarm;

    CountedAlarm(LocalNode node, Runnable action) {
        this.node = node;
        this.action = action;
    }

    void set(long delayNanos) {
        node.tally().armed();
        try {
            alarm = node.scheduler.after(delayNanos, this);
        } catch (Throwable thrown) {
            node.tally().disarmed();
            throw thrown;
        }
    }

    @Override
    public void run() {
        if (compareAndSet(false, true)) {
            try {
                action.run();
            } finally {
                node.tally().disarmed();
            }
        }
    }

    @Override
    public void cancel() {
        if (compareAndSet(false, true)) {
            node.tally().disarmed();
            var set = alarm;
            if (set != null) {
                set.cancel();
            }
        }
    }
}
