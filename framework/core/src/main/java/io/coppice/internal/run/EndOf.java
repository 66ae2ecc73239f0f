package io.coppice.internal.run;

import io.coppice.process.ExitReason;

import java.util.concurrent.CompletableFuture;

/** Somebody outside waits for the end of a process. */
record EndOf(CompletableFuture<ExitReason> end, int mark) implements Watcher {

    @Override
    public void gone(ExitReason reason) {
        Seat.vacated(() -> end.complete(reason));
    }

    @Override
    public boolean isCall() {
        return true;
    }

    @Override
    public int hashCode() {
        return mark != 0 ? mark : end.hashCode();
    }
}
