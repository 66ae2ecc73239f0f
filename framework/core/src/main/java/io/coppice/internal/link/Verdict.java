package io.coppice.internal.link;

import io.coppice.process.ExitReason;

/**
 * What an exit signal does to the process that receives it.
 *
 * @see <a href="https://www.erlang.org/doc/system/ref_man_processes.html#receiving-exit-signals">
 *     Receiving exit signals</a>
 */
public enum Verdict {
    /** It becomes a message. */
    DELIVER,
    /** It has no effect. */
    IGNORE,
    /** It ends the receiver, with the reason of the signal. */
    END;

    /**
     * The rule.
     *
     * @param reason what the signal says
     * @param fromSelf whether the receiver sent it to itself
     * @param trapping whether the receiver traps exits now
     */
    public static Verdict on(ExitReason reason, boolean fromSelf, boolean trapping) {
        if (trapping) {
            return DELIVER;
        }
        return reason instanceof ExitReason.Normal && !fromSelf ? IGNORE : END;
    }
}
