package io.coppice.supervision;

import io.coppice.internal.table.Trie;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

import org.jspecify.annotations.Nullable;

/** What a supervisor is doing. OTP's would be blocked in all of these but the first. */
sealed interface Phase {

    Phase SERVING = new Serving();

    /** Nothing: it takes the next message. */
    record Serving() implements Phase {}

    /**
     * It waits for the init of {@code child}, whose start is noted when that has ended.
     *
     * @param child with this start counted; {@link Children} may know it as it was before
     * @param pid the child, as soon as it has been spawned
     * @param rest what comes then
     */
    record Starting(Slot child, @Nullable Pid pid, Work rest) implements Phase {
        Starting with(Pid pid) {
            return new Starting(child, pid, rest);
        }
    }

    /**
     * It waits for the end of {@code child}.
     *
     * @param rest what comes then
     */
    record Stopping(Slot child, Work rest) implements Phase {}

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
