package io.coppice.internal.run;

import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;
import io.coppice.process.Signal;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Function;

/** One monitor: the handle that its owner holds, and who waits at its target. */
final class ProcessMonitor extends Watcher implements MonitorRef {

    final LocalProcess<?> owner;
    final @Nullable LocalProcess<?> target;
    final Function<? super Down, ?> news;
    private final @Nullable String name;

    /** Its place among the monitors of its owner, as long as it may fire. */
    final Made made = new Made(this);

    static final class Made extends Listed {
        final ProcessMonitor monitor;

        private Made(ProcessMonitor monitor) {
            this.monitor = monitor;
        }
    }

    ProcessMonitor(
            LocalProcess<?> owner,
            @Nullable LocalProcess<?> target,
            @Nullable String name,
            Function<? super Down, ?> news) {
        this.owner = owner;
        this.target = target;
        this.name = name;
        this.news = news;
    }

    @Override
    public Optional<Pid> pid() {
        return Optional.ofNullable(target);
    }

    @Override
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    @Override
    void gone(ExitReason reason) {
        LocalProcess.signal(target, owner, new Signal.Died(this, reason));
    }

    @Override
    boolean isCall() {
        return false;
    }

    @Override
    public String toString() {
        return "monitor of " + (name != null ? name : String.valueOf(target)) + " by " + owner;
    }
}
