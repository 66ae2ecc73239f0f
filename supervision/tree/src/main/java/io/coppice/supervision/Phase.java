package io.coppice.supervision;

import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/** What a supervisor is doing. OTP's would be blocked in all of these but the first. */
sealed interface Phase {

    /** Nothing: it takes the next message. */
    record Serving() implements Phase {}

    /**
     * It waits for the init of {@code child}, whose start is noted when that has ended.
     *
     * @param pid the child, as soon as it has been spawned
     * @param rest what comes then
     */
    record Starting(Slot child, Option<Pid> pid, Work rest) implements Phase {
        Starting with(Pid pid) {
            return new Starting(child, Option.some(pid), rest);
        }
    }

    /**
     * It waits for the end of {@code child}.
     *
     * @param rest what comes then
     */
    record Stopping(Slot child, Work rest) implements Phase {}

    /** It waits for the end of all children at once, and ends then with {@code reason}. */
    record StoppingAll(Map<Pid, Slot> left, ExitReason reason) implements Phase {
        static StoppingAll of(Seq<Slot> children, ExitReason reason) {
            return new StoppingAll(children.toMap(Slot::pid, child -> child), reason);
        }

        StoppingAll without(Pid pid) {
            return new StoppingAll(left.remove(pid), reason);
        }
    }

    /** It has ended. */
    record Over() implements Phase {}
}
