package io.coppice.testkit.script;

import io.coppice.process.ExitReason;

/**
 * One thing that a process of a {@link Script} does. Processes are called by their names in the
 * script.
 *
 * <p>An act that names a process of which the acting one cannot know yet is left out. The text of
 * an act is what {@link Script#parse} reads.
 */
public sealed interface Act {

    /**
     * Creates {@code child}, a process of the script that has not been created yet.
     *
     * @param linked whether they are linked before it first runs
     * @param monitor what to call the monitor under which it is born, or empty for none
     */
    record Spawn(String child, boolean linked, String monitor) implements Act {
        @Override
        public String toString() {
            return "spawn "
                    + child
                    + (linked ? " linked" : "")
                    + (monitor.isEmpty() ? "" : " monitored " + monitor);
        }
    }

    /**
     * Creates {@code child}, linked, and waits for its init. The model knows besides what may be
     * started again and again: then {@code child} is the id of that.
     */
    record StartLinked(String child) implements Act {
        @Override
        public String toString() {
            return "start " + child;
        }
    }

    /** Links itself and {@code peer}. */
    record Link(String peer) implements Act {
        @Override
        public String toString() {
            return "link " + peer;
        }
    }

    /** Unlinks itself and {@code peer}; {@code flush} takes one exit out of the mailbox as well. */
    record Unlink(String peer, boolean flush) implements Act {
        @Override
        public String toString() {
            return "unlink " + peer + (flush ? " flush" : "");
        }
    }

    /** Monitors {@code target}; {@code as} is what the script calls the monitor. */
    record Monitor(String target, String as) implements Act {
        @Override
        public String toString() {
            return "monitor " + target + " as " + as;
        }
    }

    /** Monitors whoever has the registered name {@code name}. */
    record MonitorName(String name, String as) implements Act {
        @Override
        public String toString() {
            return "monitor @" + name + " as " + as;
        }
    }

    /** Takes back the monitor it has made first under the name {@code monitor}. */
    record Demonitor(String monitor, boolean flush) implements Act {
        @Override
        public String toString() {
            return "demonitor " + monitor + (flush ? " flush" : "");
        }
    }

    /** Begins to trap exits, or ceases to. */
    record Trap(boolean on) implements Act {
        @Override
        public String toString() {
            return on ? "trap on" : "trap off";
        }
    }

    /** Sends an exit signal; {@code target} may be itself. */
    record Exit(String target, ExitReason reason) implements Act {
        @Override
        public String toString() {
            return "exit " + target + " " + Reasons.text(reason);
        }
    }

    /** Kills {@code target}, which may be itself. */
    record Kill(String target) implements Act {
        @Override
        public String toString() {
            return "kill " + target;
        }
    }

    /** Ends itself. */
    record Stop(ExitReason reason) implements Act {
        @Override
        public String toString() {
            return "stop " + Reasons.text(reason);
        }
    }

    /** Throws {@link ScriptedCrash}. */
    record Crash(String what) implements Act {
        @Override
        public String toString() {
            return "crash " + what;
        }
    }

    /** Sends a message. */
    record Send(String target, String text) implements Act {
        @Override
        public String toString() {
            return "send " + target + " " + text;
        }
    }

    /** Sends a message to whoever has a registered name. */
    record SendName(String name, String text) implements Act {
        @Override
        public String toString() {
            return "send @" + name + " " + text;
        }
    }

    /** Gives the registered name {@code name} to {@code process}, which may be itself. */
    record Register(String name, String process) implements Act {
        @Override
        public String toString() {
            return "register " + name + " " + process;
        }
    }

    /** Takes a registered name from whoever has it. */
    record Unregister(String name) implements Act {
        @Override
        public String toString() {
            return "unregister " + name;
        }
    }

    /** Looks up who has a registered name. */
    record WhereIs(String name) implements Act {
        @Override
        public String toString() {
            return "whereis " + name;
        }
    }

    /**
     * Does nothing for ever, where somebody waits for its init: then that is ended by its deadline.
     * Nothing elsewhere.
     */
    record Hang() implements Act {
        @Override
        public String toString() {
            return "hang";
        }
    }

    /** Returns to its mailbox, and goes on when what waits there by now has been heard. */
    record Rest() implements Act {
        @Override
        public String toString() {
            return "rest";
        }
    }
}
