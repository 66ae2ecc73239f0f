package io.coppice.testkit.model;

import io.coppice.process.ExitReason;
import io.coppice.testkit.model.supervisor.Letter;
import io.coppice.testkit.script.Act;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** What is under way between two processes. */
sealed interface Signal {

    record Message(String text) implements Signal {}

    record Link() implements Signal {}

    record Unlink(int id) implements Signal {}

    record UnlinkAck(int id) implements Signal {}

    record LinkExit(ExitReason reason) implements Signal {}

    /** Who links itself to one that it finds dead gets the exit as a message: it trapped then. */
    record LinkRefused() implements Signal {}

    record Exit(ExitReason reason) implements Signal {}

    record Kill() implements Signal {}

    record Monitor(MonitorId id) implements Signal {}

    record Demonitor(MonitorId id) implements Signal {}

    record Down(MonitorId id, ExitReason reason) implements Signal {}

    /** What is said to a process that was started by id, or by it. */
    record Mail(Letter letter) implements Signal {}

    /** The script tells a process to act. */
    record Cue(List<Act> acts) implements Signal {}

    /**
     * Whether a process says this because it has died. Of the last words to one process nobody
     * promises an order.
     */
    default boolean isLastWord() {
        return (this instanceof LinkExit(var reason) && !isNobody(reason))
                || this instanceof LinkRefused
                || this instanceof Down;
    }

    private static boolean isNobody(ExitReason reason) {
        return reason instanceof ExitReason.NoProcess;
    }

    /** Whether even the dead answer it. */
    default boolean isAnsweredByTheDead() {
        return this instanceof Link || this instanceof Monitor;
    }

    /**
     * One monitor.
     *
     * @param owner who made it
     * @param serial how many its owner had made before
     * @param label what the script calls it
     * @param target the process it watches, or {@link World#OUTSIDE} if it asked for a name that
     *     nobody had
     * @param name the name under which it was asked for, if it was
     */
    record MonitorId(String owner, int serial, String label, String target, Option<String> name) {

        /** What is watched: the process, or {@code @name}. */
        String what() {
            return name.map(text -> "@" + text).getOrElse(target);
        }
    }
}
