package io.coppice.internal.mailbox;

import io.coppice.fixture.Search;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands in front of a process, searched for schedules that no order of its steps explains.
 */
class MailboxSearchTest {

    /** A mailbox, its senders and its one consumer. */
    @Param(name = "message", gen = IntGen.class, conf = "1:3")
    public static class Queue {
        private final Box box = Box.idle();

        /** Whether somebody has set the process going, as the sender who finds it idle must. */
        private final AtomicBoolean woken = new AtomicBoolean();

        private @Nullable Envelope taken;

        @Operation
        public void send(@Param(name = "message") int message) {
            if (box.post(new Envelope(message), null)) {
                woken.set(true);
            }
        }

        @Operation(nonParallelGroup = "consumer")
        public @Nullable Object take() {
            var last = taken;
            if (last == null) {
                return box.isIdle() ? null : takeFirst();
            }
            var next = Mailbox.peek(last);
            if (next == null) {
                if (box.goIdle(last)) {
                    taken = null;
                    return null;
                }
                next = Mailbox.await(last);
            }
            Mailbox.forget(last);
            taken = next;
            return next.content();
        }

        private Object takeFirst() {
            for (int spins = 0; !woken.compareAndSet(true, false); spins++) {
                Mailbox.pause(spins);
            }
            taken = box.head();
            return taken.content();
        }
    }

    /** Room for two: who takes it, who frees it, and how much is left. */
    public static class Bound {
        private final Room room = new Room(2, 2);

        @Operation
        public boolean take() {
            return room.take();
        }

        @Operation
        public void takeAnyway() {
            room.takeAnyway();
        }

        @Operation
        public void free() {
            room.free();
        }

        @Operation
        public int waiting() {
            return room.waiting();
        }
    }

    /** A gate: who is let in, who leaves, and whether it is closed. */
    public static class Gate {
        private final Scope outer = new Scope(null);
        private final Scope inner = new Scope(outer);
        private final AtomicInteger told = new AtomicInteger();

        @Operation
        public boolean admit() {
            return inner.admit(null);
        }

        @Operation
        public boolean admitFromWithin() {
            return inner.admit(inner);
        }

        @Operation
        public void closeOuter() {
            outer.close(told::incrementAndGet);
        }

        @Operation
        public void closeInner() {
            inner.close(told::incrementAndGet);
        }

        /** Comes in from outside, looks whether somebody has been told that all have left. */
        @Operation
        public String pass() {
            if (!inner.admit(null)) {
                return "kept out";
            }
            boolean isEarly = told.get() > 0;
            inner.leave();
            return isEarly ? "let in, and told to be out" : "let in";
        }

        @Operation
        public boolean isClosed() {
            return inner.isClosed();
        }
    }

    /** A mailbox of two that gives up the oldest: what had to go, and what is taken. */
    @Param(name = "message", gen = IntGen.class, conf = "1:9")
    public static class Latest {
        private final Newest newest = new Newest(2);

        @Operation
        public @Nullable Object add(@Param(name = "message") int message) {
            var gone = newest.add(new Message(message), null);
            return gone == null ? null : gone.content();
        }

        @Operation(nonParallelGroup = "consumer")
        public @Nullable Object take() {
            return newest.messages() == 0 ? null : newest.ticket().open();
        }

        @Operation
        public int messages() {
            return newest.messages();
        }
    }

    @Test
    void a_mailbox_is_a_queue() {
        Search.isLinearizable(Queue.class);
    }

    @Test
    void a_room_is_a_bounded_counter() {
        Search.isLinearizable(Bound.class);
    }

    @Test
    void a_scope_is_a_gate() {
        Search.isLinearizable(Gate.class);
    }

    @Test
    void a_mailbox_of_the_newest_is_a_queue_that_loses_its_oldest() {
        Search.isLinearizable(Latest.class);
    }
}
