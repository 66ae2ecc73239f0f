package io.coppice.supervision;

import io.coppice.internal.table.Trie;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What a supervisor is doing. OTP's would be blocked in all of these but the first. */
sealed interface Phase {

    Phase SERVING = new Serving();

    /** Nothing: it takes the next message. */
    record Serving() implements Phase {}

    /**
     * It waits for the init of a child, whose start is noted when that has ended. The only thing in
     * a state that changes: the pid comes later, once.
     */
    final class Starting implements Phase {

        private static final VarHandle PID;

        static {
            try {
                PID = MethodHandles.lookup().findVarHandle(Starting.class, "pid", Pid.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        /** With this start counted; {@link Children} may know it as it was before. */
        final Slot child;

        /** Whether the child waits to be opened when its init has ended. */
        final boolean heldShut;

        /** What comes then. */
        final Work rest;

        @SuppressWarnings("unused") // through PID
        private @Nullable Pid pid;

        Starting(Slot child, boolean heldShut, Work rest) {
            this.child = child;
            this.heldShut = heldShut;
            this.rest = rest;
        }

        /** Why it is started, as events have it. */
        TreeEvent.Cause cause() {
            return rest.purpose().cause();
        }

        /** For the actor, which has spawned the child. */
        void spawned(Pid as) {
            PID.setRelease(this, as);
        }

        /** For anybody: the child, as soon as it has been spawned. */
        @Nullable Pid pid() {
            return (Pid) PID.getAcquire(this);
        }
    }

    /**
     * It waits for the end of {@code child}.
     *
     * @param rest what comes then
     */
    record Stopping(Slot child, Work rest) implements Phase {
        /** Why it is stopped, as events have it. */
        TreeEvent.Cause cause() {
            return rest.purpose().cause();
        }
    }

    /**
     * It waits for the end of all children at once, and ends then with {@code reason}.
     *
     * @param left by the numbers of their pids
     */
    record StoppingAll(Trie<Slot> left, ExitReason reason) implements Phase {
        static StoppingAll of(Seq<Slot> children, ExitReason reason) {
            Trie<Slot> none = Trie.empty();
            var left = children.foldLeft(none, (all, it) -> all.with(it.pid().number(), it));
            return new StoppingAll(left, reason);
        }

        /** Why they are stopped, as events have it. */
        TreeEvent.Cause cause() {
            return new TreeEvent.Cause.SupervisorEnds(reason);
        }

        /** The child {@code pid}, if its end is waited for. */
        Option<Slot> child(Pid pid) {
            return Option.of(left.get(pid.number())).filter(it -> pid.equals(it.pid()));
        }

        StoppingAll without(Pid pid) {
            return new StoppingAll(left.without(pid.number()), reason);
        }
    }

    /** It has ended. */
    record Over() implements Phase {}
}
