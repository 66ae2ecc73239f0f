package io.coppice.testkit.mutants;

import static io.coppice.testkit.mutants.AdmissionLaw.ANY_THROWABLE_IS_A_REASON;
import static io.coppice.testkit.mutants.AdmissionLaw.A_NAME_LEADS_TO_WHO_HAS_IT;
import static io.coppice.testkit.mutants.AdmissionLaw.A_STOP_IS_SEEN;
import static io.coppice.testkit.mutants.AdmissionLaw.CALLS_OF_THE_DEAD_FAIL;
import static io.coppice.testkit.mutants.AdmissionLaw.CHAINS_ARE_FINISHED;
import static io.coppice.testkit.mutants.AdmissionLaw.EXITS_COME_BEFORE_DOWNS;
import static io.coppice.testkit.mutants.AdmissionLaw.FULL_IS_NOT_CLOSED;
import static io.coppice.testkit.mutants.AdmissionLaw.OVERFLOW_SPARES_THE_SENDER;
import static io.coppice.testkit.mutants.AdmissionLaw.ROOM_COMES_BACK;
import static io.coppice.testkit.mutants.AdmissionLaw.THE_GATE_IS_LOOKED_AT_AGAIN;
import static io.coppice.testkit.mutants.AdmissionLaw.TIMERS_END_WITH_THEIR_OWNER;

import java.util.List;

/** Kernels in which an end is not seen as it should be, or does not let others finish. */
final class EndMutants {

    private static final String SCOPE = "io.coppice.internal.mailbox.Scope";
    private static final String PROCESS = "io.coppice.internal.run.LocalProcess";
    private static final String ACTOR = "io.coppice.internal.run.ActorProcess";
    private static final String DELIVERY = "io.coppice.internal.run.Delivery";
    private static final String OBITUARY = "io.coppice.internal.run.Obituary";
    private static final String NAMED = "io.coppice.internal.run.NamedRef";

    private static final String TELL_LINKS = "tellPeers(linksToTell(), caused);";
    private static final String TAKE_BACK = "takeBackMonitors();";

    private EndMutants() {}

    static List<Mutant> all() {
        return List.of(
                // The dead
                mutant(
                                "downs before exits",
                                "monitors are told of a death before links (L12)",
                                EXITS_COME_BEFORE_DOWNS,
                                OBITUARY,
                                TELL_LINKS,
                                "")
                        .and(OBITUARY, TAKE_BACK, TELL_LINKS + TAKE_BACK),
                mutant(
                        "timers outlive the dead",
                        "the timers of a dead process go on (L12)",
                        TIMERS_END_WITH_THEIR_OWNER,
                        OBITUARY,
                        "Listed.empty(extras.timers(), ProcessTimers.Timer::die);",
                        ""),
                mutant(
                        "calls of the dead wait for their time",
                        "a caller learns of the death of whom it has called by its time-out (L12)",
                        CALLS_OF_THE_DEAD_FAIL,
                        OBITUARY,
                        "tellCalls();",
                        ""),
                mutant(
                        "an error kills the worker",
                        "what is thrown and no exception goes up into the loop: willow, L14",
                        ANY_THROWABLE_IS_A_REASON,
                        ACTOR,
                        "} catch (Throwable thrown) {\n                    failed(",
                        "} catch (Exception thrown) {\n                    failed("),
                mutant(
                        "stop seen when nothing waits",
                        "all that waits is handled before a stop is looked for: willow, W8",
                        A_STOP_IS_SEEN,
                        ACTOR,
                        "            }\n            end(asked);",
                        "            }\n            if (peek(during) == null) end(asked);"),
                // Answers to senders
                mutant(
                        "full looks like closed",
                        "who sends to a full mailbox is told that it is closed: willow, W7",
                        FULL_IS_NOT_CLOSED,
                        DELIVERY,
                        "return new Offer.Full(room.capacity());",
                        "return new Offer.Closed(io.coppice.process.ExitReason.NORMAL);"),
                mutant(
                        "accepted by the dead",
                        "who sends to the dead is told that it was accepted: willow, W7",
                        FULL_IS_NOT_CLOSED,
                        DELIVERY,
                        "return new Offer.Closed(to.reason());",
                        "return Offer.ACCEPTED;"),
                mutant(
                        "overflow fails the sender",
                        "who sends too much to one that drops it fails: actor-ts#919",
                        OVERFLOW_SPARES_THE_SENDER,
                        DELIVERY,
                        "admission.bound().overflow() == Overflow.DROP_NEWEST) {",
                        "false) {"),
                mutant(
                        "init takes the only room",
                        "a mailbox of one is full from its start: kameo#84",
                        ROOM_COMES_BACK,
                        PROCESS,
                        "admission.enter(head());",
                        "admission.enter(head());\n"
                                + "if (admission.room() != null) admission.room().takeAnyway();"),
                mutant(
                        "ref of a name stays with the first",
                        "a ref of a name does not follow it to who is started again: kameo#377",
                        A_NAME_LEADS_TO_WHO_HAS_IT,
                        NAMED,
                        "private @Nullable LocalProcess<M> holder() {\n"
                                + "        return node.names().holder(name);",
                        "private volatile @Nullable LocalProcess<M> first;\n"
                                + "    private @Nullable LocalProcess<M> holder() {\n"
                                + "        if (first == null) first = node.names().holder(name);\n"
                                + "        return first;"),
                // Drains
                mutant(
                        "scope that lets in after closing",
                        "the closed bit of a scope is not looked at",
                        CHAINS_ARE_FINISHED,
                        SCOPE,
                        "if ((before & CLOSED) != 0 && !isWithin(sender, at)) {",
                        "if (false) {"),
                mutant(
                        "second stage discarded",
                        "a drain is over though something waits: maiko, kameo#335, M3",
                        CHAINS_ARE_FINISHED,
                        SCOPE,
                        "if ((before & ~CLOSED) == 0) {",
                        "if (true) {"),
                mutant(
                        "chain cut by its drain",
                        "what a handler sends during a drain is refused: maiko, M5",
                        CHAINS_ARE_FINISHED,
                        SCOPE,
                        "return at != null;",
                        "return false;"),
                mutant(
                        "gate not looked at again",
                        "who waits for room slips in after the gate has closed: maiko, M2",
                        THE_GATE_IS_LOOKED_AT_AGAIN,
                        DELIVERY,
                        "var offer = attempt(); // there may be room by now, or no way in",
                        "Offer offer = new Offer.Full(1);\n"
                                + "if (to.admission.room().take()) {\n"
                                + "    to.admission.scope().enter();\n"
                                + "    accept();\n"
                                + "    offer = Offer.ACCEPTED;\n"
                                + "}"));
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
}
