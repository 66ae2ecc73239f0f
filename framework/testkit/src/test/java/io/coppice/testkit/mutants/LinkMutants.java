package io.coppice.testkit.mutants;

import io.coppice.testkit.laws.Law;

import java.util.List;

/** Broken kernels. What they change is kept short, so that the kernel may change around it. */
final class LinkMutants {

    private static final String LINKS = "io.coppice.internal.link.Links";
    private static final String VERDICT = "io.coppice.internal.link.Verdict";
    private static final String SIGNALLED = "io.coppice.internal.run.Signalled";
    private static final String TIED = "io.coppice.internal.run.Tied";
    private static final String CONTEXT = "io.coppice.internal.run.ProcessContext";
    private static final String OBITUARY = "io.coppice.internal.run.Obituary";
    private static final String MONITOR = "io.coppice.internal.run.ProcessMonitor";
    private static final String BIRTH = "io.coppice.internal.run.Birth";
    private static final String STARTER = "io.coppice.internal.run.Starter";
    private static final String ACTOR = "io.coppice.internal.run.ActorProcess";

    private LinkMutants() {}

    static List<Mutant> all() {
        return List.of(
                // Links
                mutant(
                        "exit without removing the link",
                        "a dead peer stays in the table: spawned, L15",
                        Law.LINKS_HAVE_TWO_ENDS,
                        LINKS,
                        "Pid peer) {\n        return links.without(peer);",
                        "Pid peer) {\n        return links;"),
                mutant(
                        "unlink not received",
                        "the other end of an unlink keeps the link",
                        Law.UNLINK_SPARES,
                        LINKS,
                        "return isActive(links, peer) ? links.without(peer) : links;",
                        "return links;"),
                mutant(
                        "unlink not sent",
                        "the peer never hears of an unlink",
                        Law.LINKS_HAVE_TWO_ENDS,
                        TIED,
                        "signal(self(), peer, new Signal.Unlink(id));",
                        ""),
                mutant(
                        "unlink does nothing",
                        "the link stays",
                        Law.UNLINK_SPARES,
                        LINKS,
                        "? links.with(peer, new Unlinking(id)) : links",
                        "? links : links"),
                mutant(
                        "link not received",
                        "the peer of a link does not know of it",
                        Law.LINKS_HAVE_TWO_ENDS,
                        LINKS,
                        "return wanted && links.get(peer) == null ? links.with(peer, ACTIVE) :"
                                + " links;",
                        "return links;"),
                mutant(
                        "link to the dead unanswered",
                        "who links to the dead never hears of it",
                        Law.A_LINK_TO_THE_DEAD_IS_ANSWERED_ONCE,
                        SIGNALLED,
                        "case Signal.Link() -> new Signal.LinkExit(ExitReason.NO_PROCESS);",
                        "case Signal.Link() -> null;"),
                mutant(
                        "register, check, signal again",
                        "link registers, then looks whether the target is dead, then signals by"
                                + " hand, though the dead have answered: spawned, Quasar, L2",
                        Law.A_LINK_TO_THE_DEAD_IS_ANSWERED_ONCE,
                        TIED,
                        "signal(self(), peer, new Signal.Link());\n",
                        "signal(self(), peer, new Signal.Link()); var t = trap; if (t != null &&"
                                + " peer.isDead()) self().inform(new"
                                + " io.coppice.internal.mailbox.News<>(new Exited(peer,"
                                + " ExitReason.NO_PROCESS), t));\n"),
                mutant(
                        "link to the dead always an error",
                        "a process that traps exits gets an exception instead of an exit",
                        onModel(Law.A_LINK_TO_THE_DEAD_IS_ANSWERED_ONCE),
                        TIED,
                        "if (trap == null && peer.isDead() && !sees(peer)) {",
                        "if (peer.isDead()) {"),
                mutant(
                        "link to the dead never an error",
                        "a process that does not trap dies at its link to the dead",
                        onModel(Law.A_LINK_TO_THE_DEAD_IS_ANSWERED_ONCE),
                        TIED,
                        "if (trap == null && peer.isDead() && !sees(peer)) {",
                        "if (false) {"),
                mutant(
                        "link to oneself",
                        "a process may be linked to itself",
                        onModel(Law.LINKS_HAVE_TWO_ENDS),
                        TIED,
                        "if (peer != this && changeLinks",
                        "if (changeLinks"),
                mutant(
                        "unlink without flush",
                        "what was in the mailbox is heard all the same",
                        Law.UNLINK_THEN_SILENCE,
                        CONTEXT,
                        "return me.flush(news -> news instanceof Exited exited && exited.from() =="
                                + " peer);",
                        "return false;"),
                // Exits
                mutant(
                        "trap without effect",
                        "exits end who traps them",
                        Law.EXITS_DO_WHAT_THE_TABLE_SAYS,
                        VERDICT,
                        "if (trapping) {",
                        "if (false) {"),
                mutant(
                        "normal exits not delivered",
                        "who traps exits does not hear normal ones",
                        Law.EXITS_DO_WHAT_THE_TABLE_SAYS,
                        VERDICT,
                        "if (trapping) {",
                        "if (trapping && reason instanceof ExitReason.Normal) return IGNORE; if"
                                + " (trapping) {"),
                mutant(
                        "normal exits kill",
                        "a normal exit of another ends who does not trap",
                        Law.EXITS_DO_WHAT_THE_TABLE_SAYS,
                        VERDICT,
                        "&& !fromSelf ? IGNORE : END",
                        "&& false ? IGNORE : END"),
                mutant(
                        "normal exit to oneself ignored",
                        "who sends itself a normal exit lives on: gleam_otp#65, L8",
                        Law.EXITS_DO_WHAT_THE_TABLE_SAYS,
                        VERDICT,
                        "&& !fromSelf ? IGNORE : END",
                        "? IGNORE : END"),
                mutant(
                        "killed taken for a kill",
                        "an exit signal that says killed cannot be trapped",
                        Law.EXITS_DO_WHAT_THE_TABLE_SAYS,
                        VERDICT,
                        "if (trapping) {",
                        "if (trapping && !(reason instanceof ExitReason.Killed)) {"),
                mutant(
                        "reason lost on the way",
                        "links pass on that somebody died, and not why",
                        Law.REASONS_ARE_PASSED_ON,
                        OBITUARY,
                        "peer.receive(who, exit)",
                        "peer.receive(who, new Signal.LinkExit("
                                + "io.coppice.process.ExitReason.custom(\"linked\")))"),
                mutant(
                        "crash taken for a normal end",
                        "what a process threw is forgotten",
                        Law.REASONS_ARE_PASSED_ON,
                        ACTOR,
                        "end(ExitReason.crashed(thrown));",
                        "end(ExitReason.NORMAL);"),
                mutant(
                        "links not told",
                        "a death is told to nobody who was linked",
                        Law.REASONS_ARE_PASSED_ON,
                        OBITUARY,
                        "tellPeers(linksToTell(), caused);",
                        ""),
                mutant(
                        "exit heard twice",
                        "a death is told to each link twice: Quasar, L2",
                        Law.ONE_EXIT_PER_LINK_PER_DEATH,
                        SIGNALLED,
                        "        return wakeFor(new News<>(new Exited(from == null",
                        "        enqueue(new News<>(new Exited(from == null ? node.outside()"
                                + " : from, reason), news));\n"
                                + "        return wakeFor(new News<>(new Exited(from == null"),
                mutant(
                        "message to the busy lost",
                        "a message that meets others in the mailbox is dropped",
                        Law.NO_MESSAGE_IS_LOST_BETWEEN_THE_LIVING,
                        "io.coppice.internal.mailbox.Mailbox",
                        "if (sender != null && sender.isDead()) {",
                        "if (sender != null && (sender.isDead() || previous != null)) {"),
                mutant(
                        "news does not wake",
                        "an exit waits in the mailbox of a process that sleeps",
                        Law.ONE_EXIT_PER_LINK_PER_DEATH,
                        SIGNALLED,
                        "            wake();\n",
                        ""),
                mutant(
                        "chain ends after one",
                        "a death caused by a death is told to nobody",
                        Law.REASONS_ARE_PASSED_ON,
                        OBITUARY,
                        "caused.add(death);",
                        ""),
                // Kills
                mutant(
                        "kill can be trapped",
                        "who traps exits survives a kill",
                        Law.KILL_CANNOT_BE_TRAPPED,
                        SIGNALLED,
                        "case Signal.Kill kill -> bury(ExitReason.KILLED);",
                        "case Signal.Kill kill -> hear(from, ExitReason.KILLED);"),
                mutant(
                        "kill sent as an exit",
                        "a kill is an exit signal that says killed",
                        Law.KILL_CANNOT_BE_TRAPPED,
                        CONTEXT,
                        "LocalProcess.of(target), new Signal.Kill());",
                        "LocalProcess.of(target), new Signal.Exit(ExitReason.KILLED));"),
                mutant(
                        "kill passed on as kill",
                        "who was killed is said to have ended with kill",
                        Law.KILL_IS_PASSED_ON_AS_KILLED,
                        SIGNALLED,
                        "case Signal.Kill kill -> bury(ExitReason.KILLED);",
                        "case Signal.Kill kill -> bury(ExitReason.custom(\"kill\"));"),
                // Monitors
                mutant(
                        "monitor of the dead unanswered",
                        "a monitor of who is gone never fires: elle#1210, L11",
                        Law.MONITORS_FIRE_ONCE,
                        SIGNALLED,
                        "case Signal.Monitor(var ref) -> new Signal.Died(ref,"
                                + " ExitReason.NO_PROCESS);",
                        "case Signal.Monitor(var ref) -> null;"),
                mutant(
                        "monitor fires and stays",
                        "a monitor that has fired is still listed",
                        onModel(Law.MONITORS_FIRE_ONCE),
                        SIGNALLED,
                        "        forget(monitor);\n        return",
                        "        return"),
                mutant(
                        "monitors told twice",
                        "a death is told to each monitor twice: Quasar, L11",
                        Law.MONITORS_FIRE_ONCE,
                        SIGNALLED,
                        "return wakeFor(new News<>(new Down(monitor, reason), monitor.news));",
                        "var told = wakeFor(new News<>(new Down(monitor, reason), monitor.news));"
                                + " enqueue(new News<>(new Down(monitor, reason), monitor.news));"
                                + " return told;"),
                mutant(
                        "monitors not told",
                        "a death is told to links only",
                        Law.MONITORS_FIRE_ONCE,
                        MONITOR,
                        "LocalProcess.signal(target, owner, new Signal.Died(this, reason));",
                        ""),
                mutant(
                        "monitor without reason",
                        "a monitor says that nobody is there, whatever the reason",
                        Law.A_CHILD_IS_LINKED_BEFORE_IT_RUNS,
                        MONITOR,
                        "new Signal.Died(this, reason)",
                        "new Signal.Died(this, ExitReason.NO_PROCESS)"),
                mutant(
                        "demonitor without effect",
                        "a monitor that was taken back fires",
                        Law.DEMONITOR_THEN_SILENCE,
                        TIED,
                        "            if (active) {\n                forget(monitor);",
                        "            if (false) {\n                forget(monitor);"),
                mutant(
                        "demonitor without flush",
                        "what was in the mailbox is heard all the same",
                        Law.DEMONITOR_THEN_SILENCE,
                        CONTEXT,
                        "me.flush(news -> news instanceof Down down && down.monitor() == monitor);",
                        ""),
                mutant(
                        "demonitor not sent",
                        "the target keeps a monitor that was taken back",
                        Law.MONITORS_HAVE_TWO_ENDS,
                        TIED,
                        "signal(self(), monitor.target, new Signal.Demonitor(monitor));",
                        ""),
                mutant(
                        "monitors of the dead stay",
                        "a process stays watched by who has died",
                        Law.MONITORS_HAVE_TWO_ENDS,
                        OBITUARY,
                        "takeBackMonitors();",
                        ""),
                mutant(
                        "monitor of oneself",
                        "a process watches itself",
                        onModel(Law.MONITORS_HAVE_TWO_ENDS),
                        TIED,
                        "if (target == this) {",
                        "if (false) {"),
                // Births
                mutant(
                        "child not linked to its parent",
                        "a linked child has no end of the link",
                        Law.A_CHILD_IS_LINKED_BEFORE_IT_RUNS,
                        TIED,
                        "child.links = onlyToThis();",
                        ""),
                mutant(
                        "child with the links of its sibling",
                        "a linked child takes the table of the one before it, whatever is in it",
                        Law.LINKS_HAVE_TWO_ENDS,
                        TIED,
                        "return theirs.size() == 1 && Links",
                        "return Links"),
                mutant(
                        "parent not linked to its child",
                        "the parent of a linked child has no end of the link",
                        Law.NO_ORPHANS,
                        TIED,
                        "setLinks(Links.linkAsked(links, child));",
                        ""),
                mutant(
                        "child not monitored at birth",
                        "a monitored child does not know of the monitor",
                        Law.A_CHILD_IS_LINKED_BEFORE_IT_RUNS,
                        TIED,
                        "child.watchers = Listed.with(null, monitor);",
                        ""),
                mutant(
                                "start, then link",
                                "a child runs before it is linked: spawned, ergo, elle#1210,"
                                        + " kameo#229, L4",
                                Law.A_CHILD_IS_LINKED_BEFORE_IT_RUNS,
                                BIRTH,
                                "if (parent != null) {\n"
                                        + "            adopt(parent, child, linked, monitor);\n"
                                        + "        }",
                                "")
                        .and(
                                BIRTH,
                                "child.begin();",
                                "child.begin();"
                                        + " if (parent != null)"
                                        + " adopt(parent, child, linked, monitor);"),
                mutant(
                                "failed start heard as well",
                                "a start that failed is heard as an exit, too",
                                Law.A_FAILED_START_IS_TOLD_ONCE,
                                STARTER,
                                "linkedParent.forgetLink(child);",
                                "")
                        .and(STARTER, "links.without(linkedParent)", "links"),
                mutant(
                                "start out of time stays linked",
                                "a start whose time is over is heard as an exit as well: gleam_otp"
                                        + " before 0.16.0, W5",
                                Law.A_FAILED_START_IS_TOLD_ONCE,
                                STARTER,
                                "if (linkedParent != null) {",
                                "if (linkedParent != null && !left.expired) {")
                        .and(
                                OBITUARY,
                                "extras.starter.withoutParent(links)",
                                "(extras.expired ? links : extras.starter.withoutParent(links))"),
                mutant(
                        "failed start without reason",
                        "a start fails, and nobody says why: willow (the error of a gate"
                                + " swallowed), W3",
                        Law.A_FAILED_START_IS_TOLD_ONCE,
                        OBITUARY,
                        "starter.failed(who, exit.reason(),",
                        "starter.failed(who, io.coppice.process.ExitReason.NO_PROCESS,"),
                mutant(
                        "start without init",
                        "a start returns before init has",
                        onModel(Law.A_FAILED_START_IS_TOLD_ONCE),
                        ACTOR,
                        "var made = requireNonNull(init",
                        "started(Optional.empty()); var made = requireNonNull(init"));
    }

    /** The model, on the scripts of a law. */
    static String onModel(Law law) {
        return LawTrial.MODEL + " on " + law.name();
    }

    static Mutant mutant(
            String name, String bug, Law law, String type, String find, String replacement) {
        return mutant(name, bug, law.name(), type, find, replacement);
    }

    static Mutant mutant(
            String name, String bug, String trial, String type, String find, String replacement) {
        return Mutant.of(name, bug, trial, type, find, replacement);
    }
}
