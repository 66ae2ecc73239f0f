package io.coppice.internal.run;

import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;
import io.coppice.process.Signal;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Function;

/** One monitor: the handle that its owner holds, and the entry in its target's table. */
final class ProcessMonitor implements MonitorRef, Watcher {

    final LocalProcess<?> owner;
    final @Nullable LocalProcess<?> target;
    final Function<? super Down, ?> news;
    private final @Nullable String name;
    private final int number;

    ProcessMonitor(
            LocalProcess<?> owner,
            @Nullable LocalProcess<?> target,
            @Nullable String name,
            Function<? super Down, ?> news) {
        this.owner = owner;
        this.target = target;
        this.name = name;
        this.news = news;
        this.number = owner.node.numberOfMonitor();
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
    public void gone(ExitReason reason) {
        LocalProcess.signal(target, owner, new Signal.Died(this, reason));
    }

    @Override
    public boolean isCall() {
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return number; // those made in a row lie side by side
    }

    @Override
    public String toString() {
        return "monitor of " + (name != null ? name : String.valueOf(target)) + " by " + owner;
    }
}
