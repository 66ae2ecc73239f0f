package io.coppice.testkit.mutants;

import static io.coppice.testkit.mutants.AdmissionLaw.A_SENDER_WAITS_FOR_ROOM;
import static io.coppice.testkit.mutants.AdmissionLaw.NEWS_NEEDS_NO_ROOM;
import static io.coppice.testkit.mutants.AdmissionLaw.ROOM_COMES_BACK;
import static io.coppice.testkit.mutants.AdmissionLaw.THE_DEAD_LINK_NOBODY;
import static io.coppice.testkit.mutants.AdmissionLaw.THE_NEWEST_STAY;
import static io.coppice.testkit.mutants.AdmissionLaw.WHAT_IS_HELD_IS_HANDED_OVER;
import static io.coppice.testkit.mutants.AdmissionLaw.WHAT_IS_SHUT_IS_SHUT;
import static io.coppice.testkit.mutants.AdmissionLaw.WHO_STOPS_SAYS_WHY;
import static io.coppice.testkit.mutants.AdmissionLaw.ZOMBIES_ARE_COUNTED;
import static io.coppice.testkit.mutants.AdmissionLaw.ZOMBIES_ARE_NOT_HEARD;

import java.util.List;

/** Kernels with broken bounds, gates, held names and zombies, and with a broken link protocol. */
final class AdmissionMutants {

    private static final String ROOM = "io.coppice.internal.mailbox.Room";
    private static final String NEWEST = "io.coppice.internal.mailbox.Newest";
    private static final String GATE = "io.coppice.internal.mailbox.Gate";
    private static final String MAILBOX = "io.coppice.internal.mailbox.Mailbox";
    private static final String LINKS = "io.coppice.internal.link.Links";
    private static final String PROCESS = "io.coppice.internal.run.LocalProcess";
    private static final String SIGNALLED = "io.coppice.internal.run.Signalled";
    private static final String ACTOR = "io.coppice.internal.run.ActorProcess";
    private static final String STOP = "io.coppice.internal.run.NodeStop";
    private static final String HELD = "io.coppice.internal.run.Held";
    private static final String ZOMBIES = "io.coppice.internal.run.Zombies";

    private AdmissionMutants() {}

    static List<Mutant> all() {
        return List.of(
                mutant(
                        "bound that drops signals",
                        "a full mailbox keeps out news, too: actor-ts#729, #1148, L18",
                        NEWS_NEEDS_NO_ROOM,
                        PROCESS,
                        "        admission.enter(envelope);\n",
                        "        if (admission.room() != null && admission.room().waiting() >="
                                + " admission.room().capacity()) return false;\n"
                                + "        admission.enter(envelope);\n"),
                mutant(
                        "room not given back",
                        "a mailbox that was full once is full for ever",
                        ROOM_COMES_BACK,
                        ROOM,
                        "int left = (int) WAITING.getAndAdd(this, -1) - 1;",
                        "int left = waiting;"),
                mutant(
                        "nobody woken for room",
                        "who waits for room is not told that there is some",
                        A_SENDER_WAITS_FOR_ROOM,
                        ROOM,
                        "        wakeOne();\n    }\n\n    /** Whether the high",
                        "    }\n\n    /** Whether the high"),
                mutant(
                        "the newest makes room for the oldest",
                        "a mailbox that is to give up the oldest gives up the newest",
                        THE_NEWEST_STAY,
                        NEWEST,
                        "var oldest = messages.remove();",
                        "var oldest = messages.removeLast();"),
                mutant(
                        "gate that lets in after closing",
                        "the closed bit of the node's gate is not looked at: maiko, M1",
                        WHAT_IS_SHUT_IS_SHUT,
                        GATE,
                        "if ((words.getAndAdd(place(), ONE) & CLOSED) != 0) {",
                        "if ((words.getAndAdd(place(), ONE) & 0) != 0) {"),
                mutant(
                        "gate that lets in messages after closing",
                        "nobody looks whether it is closed for what needs no more than a place",
                        WHAT_IS_SHUT_IS_SHUT,
                        GATE,
                        "return closed;",
                        "return false;"),
                mutant(
                                "time-out instead of a gate",
                                "a stop waits for a while, and hopes that nobody comes any more:"
                                        + " maiko, M4",
                                WHAT_IS_SHUT_IS_SHUT,
                                STOP,
                                "        node.gate().close(() -> passed.complete(true));\n",
                                "")
                        .and(
                                STOP,
                                "        await(passed, leftNanos());\n",
                                "        await(passed, 100_000_000);\n"
                                        + "        node.gate().close(() ->"
                                        + " passed.complete(true));\n"),
                mutant(
                        "held messages in the wrong order",
                        "the last that was sent to a name is handed over first",
                        WHAT_IS_HELD_IS_HANDED_OVER,
                        HELD,
                        "letters.add(letter);",
                        "((ArrayDeque<Letter>) letters).addFirst(letter);"),
                mutant(
                        "held messages lost",
                        "what was sent to a name is thrown away when somebody takes it",
                        WHAT_IS_HELD_IS_HANDED_OVER,
                        HELD,
                        "wake |= taker.put(next.message);",
                        "node.tally().dropped(Dropped.NEVER_CLAIMED);"),
                mutant(
                        "zombie not counted",
                        "nobody knows of code that runs on",
                        ZOMBIES_ARE_COUNTED,
                        ZOMBIES,
                        "if (entered.putIfAbsent(process, new Death(reason, clock.nanoTime())) =="
                                + " null) {",
                        "if (false) {"),
                mutant(
                        "zombie's sends accepted",
                        "code of the dead is heard beside its successor's: Quasar, L13",
                        ZOMBIES_ARE_NOT_HEARD,
                        MAILBOX,
                        "if (sender != null && sender.isDead()) {",
                        "if (false) {"),
                mutant(
                                "the dead may link",
                                "a link of who has died meanwhile is entered, and never ended",
                                THE_DEAD_LINK_NOBODY,
                                SIGNALLED,
                                "if (from != null && from.isDead() && isRequest(signal)) {",
                                "if (false) {")
                        .and(
                                SIGNALLED,
                                "Links.linkReceived(links, from, from.sees(this))",
                                "Links.linkReceived(links, from, true)"),
                mutant(
                        "true stop reason lost",
                        "what is thrown on the way out hides why a process stopped:" + " spawned",
                        WHO_STOPS_SAYS_WHY,
                        ACTOR,
                        "        if (asked == null) {\n            Reports.crashed",
                        "        if (true) {\n            Reports.crashed"),
                link(
                        "unlink in one step",
                        "a link is forgotten before the peer has heard of it",
                        "? links.with(peer, new Unlinking(id)) : links",
                        "? links.without(peer) : links"),
                link(
                        "any acknowledgement counts",
                        "an acknowledgement of an older unlink ends a newer one",
                        "instanceof Unlinking(var sent) && sent == id)) {",
                        "instanceof Unlinking(var sent))) {"),
                link(
                        "any unlink ends any link",
                        "an unlink that crosses another is taken for its acknowledgement",
                        "return isActive(links, peer) ? links.without(peer) : links;",
                        "return links.without(peer);"));
    }

    private static Mutant mutant(
            String name,
            String bug,
            AdmissionLaw law,
            String type,
            String find,
            String replacement) {
        return Mutant.of(name, bug, law.name(), type, find, replacement);
    }

    private static Mutant link(String name, String bug, String find, String replacement) {
        return Mutant.of(name, bug, LinkProtocolTrial.LINK_PROTOCOL, LINKS, find, replacement);
    }
}
