package io.coppice.internal.run;

import io.coppice.process.ExitReason;
import io.coppice.process.Signal;

/** Whoever asks the dead for a link before it has told its own is answered after them. */
final class LateLink extends Watcher {

    private final LocalProcess<?> dead;
    private final LocalProcess<?> peer;

    LateLink(LocalProcess<?> dead, LocalProcess<?> peer) {
        this.dead = dead;
        this.peer = peer;
    }

    @Override
    void gone(ExitReason reason) {
        LocalProcess.signal(dead, peer, new Signal.LinkExit(reason));
    }

    @Override
    boolean isCall() {
        return false;
    }
}
