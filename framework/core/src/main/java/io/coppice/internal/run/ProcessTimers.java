package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ProcessEnded;
import io.coppice.actor.TimerRef;
import io.coppice.actor.Timers;
import io.coppice.internal.mailbox.Envelope;
import io.coppice.spi.Scheduler.Alarm;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** The timers of one process. */
record ProcessTimers<M>(LocalProcess<M> process) implements Timers<M> {

    @Override
    public TimerRef after(Duration delay, M message) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: " + delay + ", must not be negative");
        }
        return set(new Timer(process, message, null), delay);
    }

    @Override
    public TimerRef every(Duration period, M message) {
        if (!period.isPositive()) {
            throw new IllegalArgumentException("period: " + period + ", must be greater than zero");
        }
        return set(new Timer(process, message, period), period);
    }

    private TimerRef set(Timer timer, Duration delay) {
        process.node.beforeAct();
        if (process.withExtras(extras -> extras.add(timer)) == null) {
            process.refused();
            throw new ProcessEnded(process, "has ended");
        }
        timer.arm(delay);
        return timer;
    }

    /** One timer. Fires on a thread of the scheduler, is cancelled by the process or its end. */
    static final class Timer extends Listed implements TimerRef, Runnable {
        private final LocalProcess<?> process;
        private final Object message;
        private final @Nullable Duration period;
        private volatile boolean cancelled;
        private volatile @Nullable Alarm alarm;

        Timer(LocalProcess<?> process, Object message, @Nullable Duration period) {
            this.process = process;
            this.message = requireNonNull(message, "message");
            this.period = period;
        }

        private void arm(Duration delay) {
            alarm = process.node.after(delay, this);
            if (cancelled) {
                die();
            }
        }

        /** It fires. */
        @Override
        public void run() {
            if (cancelled) {
                return;
            }
            if (period == null) {
                process.withExtras(extras -> extras.remove(this));
            } else {
                arm(period);
            }
            process.inform(new Tick(this));
        }

        @Override
        public void cancel() {
            process.node.beforeAct();
            die();
            process.withExtras(extras -> extras.remove(this));
        }

        /** Never fires again; what has fired is taken back. */
        void die() {
            cancelled = true;
            var set = alarm;
            if (set != null) {
                set.cancel();
            }
        }
    }

    /** A timer that has fired, on its way to the process. */
    private static final class Tick extends Envelope {
        private final Timer timer;

        Tick(Timer timer) {
            super(timer.message);
            this.timer = timer;
        }

        @Override
        public Object content() {
            return timer.cancelled ? TAKEN_BACK : super.content();
        }
    }
}
