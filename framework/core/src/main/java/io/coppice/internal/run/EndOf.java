package io.coppice.internal.run;

import io.coppice.process.ExitReason;

import java.util.concurrent.CompletableFuture;

/** Somebody outside waits for the end of a process. */
final class EndOf extends Watcher {

    private final CompletableFuture<ExitReason> end;

    EndOf(CompletableFuture<ExitReason> end) {
        this.end = end;
    }

    @Override
    void gone(ExitReason reason) {
        Seat.vacated(() -> end.complete(reason));
    }

    @Override
    boolean isCall() {
        return true;
    }
}
