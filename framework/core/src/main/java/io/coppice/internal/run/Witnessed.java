package io.coppice.internal.run;

import io.coppice.internal.mailbox.Envelope;
import io.coppice.process.ExitReason;
import io.coppice.process.Signal;

import org.jspecify.annotations.Nullable;

/** Tells the witness of a node, if it has one: then it is simulated. */
abstract sealed class Witnessed permits LocalNode {

    private final @Nullable Witness witness;

    Witnessed(@Nullable Witness witness) {
        this.witness = witness;
    }

    final boolean isSimulated() {
        return witness != null;
    }

    final void tellBorn(LocalProcess<?> child, @Nullable LocalProcess<?> parent) {
        if (witness != null) {
            witness.born(child, parent);
        }
    }

    final void tellSent(@Nullable LocalProcess<?> from, LocalProcess<?> to, Object message) {
        if (witness != null) {
            witness.sends(from, to, message);
        }
    }

    /** Whether {@code process} is to be taken for full, though it may have room. */
    final boolean isDeniedRoom(LocalProcess<?> process) {
        return witness != null && witness.deniesRoom(process);
    }

    final void tellArrived(@Nullable LocalProcess<?> from, LocalProcess<?> to, Signal signal) {
        if (witness != null) {
            witness.arrives(from, to, signal);
        }
    }

    final void tellHandled(LocalProcess<?> process, Object message) {
        if (witness != null && !process.isDead() && !Envelope.isEmpty(message)) {
            witness.handles(process, message);
        }
    }

    final void tellDead(LocalProcess<?> process, ExitReason reason) {
        if (witness != null) {
            witness.dies(process, reason);
        }
    }

    final void tellNamed(LocalProcess<?> process, String name) {
        if (witness != null) {
            witness.named(process, name);
        }
    }

    /**
     * @return whether there was somebody to tell
     */
    final boolean tellThrown(LocalProcess<?> process, Throwable thrown, Object during) {
        if (witness != null) {
            witness.threw(process, thrown, during);
        }
        return witness != null;
    }
}
