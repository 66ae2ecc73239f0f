package io.coppice.internal.run;

import io.coppice.process.ExitReason;
import io.coppice.process.Signal;

/** Whoever asks the dead for a link before it has told its own is answered after them. */
record LateLink(LocalProcess<?> dead, LocalProcess<?> peer) implements Watcher {
    @Override
    public void gone(ExitReason reason) {
        LocalProcess.signal(dead, peer, new Signal.LinkExit(reason));
    }

    @Override
    public boolean isCall() {
        return false;
    }
}
