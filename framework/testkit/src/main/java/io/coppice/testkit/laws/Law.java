package io.coppice.testkit.laws;

import static io.coppice.testkit.script.Mix.Word.CRASH;
import static io.coppice.testkit.script.Mix.Word.DEMONITOR;
import static io.coppice.testkit.script.Mix.Word.DEMONITOR_FLUSH;
import static io.coppice.testkit.script.Mix.Word.EXIT;
import static io.coppice.testkit.script.Mix.Word.EXIT_SELF;
import static io.coppice.testkit.script.Mix.Word.HANG;
import static io.coppice.testkit.script.Mix.Word.KILL;
import static io.coppice.testkit.script.Mix.Word.LINK;
import static io.coppice.testkit.script.Mix.Word.MONITOR;
import static io.coppice.testkit.script.Mix.Word.MONITOR_NAME;
import static io.coppice.testkit.script.Mix.Word.REGISTER;
import static io.coppice.testkit.script.Mix.Word.REST;
import static io.coppice.testkit.script.Mix.Word.SEND;
import static io.coppice.testkit.script.Mix.Word.SEND_NAME;
import static io.coppice.testkit.script.Mix.Word.SPAWN;
import static io.coppice.testkit.script.Mix.Word.SPAWN_LINKED;
import static io.coppice.testkit.script.Mix.Word.SPAWN_MONITORED;
import static io.coppice.testkit.script.Mix.Word.START;
import static io.coppice.testkit.script.Mix.Word.STOP;
import static io.coppice.testkit.script.Mix.Word.TRAP_OFF;
import static io.coppice.testkit.script.Mix.Word.TRAP_ON;
import static io.coppice.testkit.script.Mix.Word.UNLINK;
import static io.coppice.testkit.script.Mix.Word.UNLINK_FLUSH;
import static io.coppice.testkit.script.Mix.Word.UNREGISTER;
import static io.coppice.testkit.script.Mix.Word.WHEREIS;

import io.coppice.testkit.script.Mix;
import io.coppice.testkit.script.Observation;
import io.coppice.testkit.script.Script;

import java.util.function.Function;

/**
 * A law of links, monitors, kills or names: a sentence, the scripts that put it to the test, and
 * how to see whether it was kept. It knows nothing of the model, so that either can prove the other
 * wrong.
 */
public enum Law {
    LINKS_HAVE_TWO_ENDS(
            "both ends of a link agree when nothing is under way, and nobody is linked to the dead",
            Mix.of(3).children(2).then(2, 3, LINK, LINK, UNLINK, STOP, KILL, TRAP_ON, SPAWN_LINKED),
            LinkRules::twoEnds),

    ONE_EXIT_PER_LINK_PER_DEATH(
            "a death gives exactly one exit per link",
            Mix.of(3).trapping(2).children(1).then(2, 3, LINK, LINK, STOP, KILL, SPAWN_LINKED),
            LinkRules::oneExitPerLink),

    A_LINK_TO_THE_DEAD_IS_ANSWERED_ONCE(
            "a link to the dead gives one exit to who traps, an error to who does not, and no link",
            Mix.of(3).trapping(1).then(1, 1, STOP, KILL).then(1, 2, LINK),
            LinkRules::linkToTheDead),

    UNLINK_THEN_SILENCE(
            "after an unlink that flushes, no exit of that link is heard",
            Mix.of(2).trapping(1).then(2, 3, LINK, LINK, UNLINK_FLUSH, STOP, REST),
            LinkRules::silence),

    UNLINK_SPARES(
            "those who have unlinked do not die with each other",
            Mix.of(2).then(1, 1, LINK).then(1, 2, UNLINK).then(1, 1, STOP, CRASH, KILL),
            LinkRules::spares),

    REASONS_ARE_PASSED_ON(
            "a death passes along all links, through those who do not trap, with its first reason",
            Mix.of(5)
                    .trapping(1)
                    .then(1, 2, LINK)
                    .then(1, 1, STOP, KILL, CRASH, EXIT, REST, REST, REST, REST, REST, REST),
            ExitRules::passedOn),

    EXITS_DO_WHAT_THE_TABLE_SAYS(
            "an exit signal does what the table of exits says",
            Mix.of(2).then(1, 1, TRAP_ON, TRAP_OFF).then(1, 1, EXIT, EXIT_SELF),
            ExitRules::table),

    KILL_CANNOT_BE_TRAPPED(
            "a kill ends its target, trapping or not",
            Mix.of(3).trapping(2).then(2, 2, KILL, TRAP_ON, LINK),
            ExitRules::killCannotBeTrapped),

    KILL_IS_PASSED_ON_AS_KILLED(
            "news of a kill says killed, and can be trapped",
            Mix.of(3).trapping(1).then(1, 2, LINK, MONITOR).then(1, 1, KILL),
            ExitRules::killedIsPassedOn),

    THE_ORDER_OF_A_PAIR_IS_KEPT(
            "what one process sends another arrives once, in order, and before news of its death",
            Mix.of(3).trapping(1).then(2, 4, SEND, SEND, SEND, LINK, EXIT, STOP, KILL, MONITOR),
            MessageRules::order),

    NO_MESSAGE_IS_LOST_BETWEEN_THE_LIVING(
            "a message between two that live arrives",
            Mix.of(3).children(1).then(2, 4, SEND, SEND, SEND, REST, SPAWN, SEND_NAME),
            MessageRules::arrives),

    NO_MESSAGE_WITHOUT_A_FATE(
            "when nothing is under way, all messages accepted have been handled or dropped",
            Mix.of(3)
                    .trapping(1)
                    .children(1)
                    .then(
                            2,
                            4,
                            SEND,
                            SEND,
                            SEND_NAME,
                            REGISTER,
                            LINK,
                            UNLINK_FLUSH,
                            SPAWN,
                            STOP,
                            KILL,
                            REST),
            MessageRules::fates),

    MONITORS_FIRE_ONCE(
            "a monitor fires once if its target ends, and not if it lives",
            Mix.of(3)
                    .children(1)
                    .then(
                            2,
                            3,
                            MONITOR,
                            MONITOR,
                            MONITOR_NAME,
                            REGISTER,
                            SPAWN_MONITORED,
                            STOP,
                            KILL),
            MonitorRules::fireOnce),

    DEMONITOR_THEN_SILENCE(
            "after a demonitor that flushes, a monitor is not heard of",
            Mix.of(2).then(2, 4, MONITOR, MONITOR, DEMONITOR_FLUSH, DEMONITOR, STOP, REST),
            MonitorRules::silence),

    MONITORS_HAVE_TWO_ENDS(
            "a process knows by how many monitors it is watched",
            Mix.of(3).then(3, 3, MONITOR, MONITOR, DEMONITOR, KILL, STOP),
            MonitorRules::twoEnds),

    A_CHILD_IS_LINKED_BEFORE_IT_RUNS(
            "however soon a linked or monitored child dies, its parent hears the real reason",
            Mix.of(2)
                    .trapping(2)
                    .children(2)
                    .then(2, 2, SPAWN_LINKED, SPAWN_MONITORED, STOP, CRASH),
            BirthRules::realReason),

    NO_ORPHANS(
            "a linked child does not survive its parent, whenever that dies",
            Mix.of(2).children(2).then(1, 2, SPAWN_LINKED, START, STOP, KILL, EXIT),
            BirthRules::noOrphans),

    A_FAILED_START_IS_TOLD_ONCE(
            "a start that fails is told with its reason, and not heard as an exit as well",
            Mix.of(2)
                    .trapping(2)
                    .children(2)
                    .then(2, 2, START, START, START, STOP, CRASH, LINK, HANG),
            BirthRules::failedStart),

    NAMES_ARE_FREE_BEFORE_NEWS_OF_A_DEATH(
            "who has heard of a death finds the names of the dead free",
            Mix.of(3)
                    .trapping(1)
                    .then(2, 3, REGISTER, REGISTER, LINK, MONITOR, STOP, KILL, UNREGISTER),
            NameRules::freeBeforeNews),

    A_NAME_HAS_ONE_HOLDER(
            "a name has one holder, a process one name, the dead none",
            Mix.of(3).then(2, 3, REGISTER, REGISTER, UNREGISTER, WHEREIS, STOP, KILL),
            NameRules::oneHolder);

    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // a record of copies
    private final Mix mix;

    @SuppressWarnings("ImmutableEnumChecker") // without state
    private final Function<Evidence, Ruling> check;

    Law(String sentence, Mix mix, Function<Evidence, Ruling> check) {
        this.sentence = sentence;
        this.mix = mix;
        this.check = check;
    }

    /** What the law says. */
    public String sentence() {
        return sentence;
    }

    /** The scripts that put it to the test. */
    public Mix mix() {
        return mix;
    }

    /** Whether the law was kept in a performance of {@code script}. */
    public Ruling check(Script script, Observation seen) {
        return check.apply(new Evidence(script, seen));
    }
}
