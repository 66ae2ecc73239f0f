package io.coppice.testkit.model;

import io.coppice.process.ExitReason;
import io.coppice.testkit.model.Signal.MonitorId;
import io.coppice.testkit.model.supervisor.Behaviour;
import io.coppice.testkit.model.supervisor.Letter;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Entry;
import io.coppice.testkit.script.Outcome.Heard;
import io.coppice.testkit.script.Outcome.Told;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Queue;
import io.vavr.collection.Set;
import io.vavr.control.Option;

/**
 * One process of the model.
 *
 * @param death why it has died, if it has
 * @param known whether others than its parent know it
 * @param links its end of its links; a peer without an entry is not linked
 * @param monitors the monitors it has made that have not fired
 * @param watchers the monitors that others have of it
 * @param trapping whether exits arrive as messages
 * @param holding whether it leaves news in its mailbox
 * @param mailbox what waits for its turn
 * @param todo what it does before it looks at its mailbox again
 * @param parent who created it
 * @param starter its parent, while that waits for its init
 * @param awaiting the child for whose init it waits
 * @param labels the monitor it has made first under each label
 * @param count how many unlinks and monitors it has made, which numbers the next one
 * @param log what it has seen
 * @param part what it does by itself, if it was started by id
 * @param starting whom it starts by id, while it waits for the init of that
 */
record Proc(
        Option<ExitReason> death,
        boolean known,
        Map<String, Link> links,
        Set<MonitorId> monitors,
        Set<MonitorId> watchers,
        boolean trapping,
        boolean holding,
        Queue<Item> mailbox,
        List<Act> todo,
        Option<String> parent,
        Option<String> starter,
        Option<String> awaiting,
        Map<String, MonitorId> labels,
        int count,
        Queue<Entry> log,
        Option<Part> part,
        Option<Starting> starting) {

    /** One end's view of one link. */
    sealed interface Link {}

    /** Exits of the peer are heard. */
    record Active() implements Link {}

    /** Exits of the peer are dropped, until it acknowledges unlink {@code id}. */
    record Unlinking(int id) implements Link {}

    /** Something in a mailbox. */
    sealed interface Item {}

    /** To be seen by the process. {@code down} is the monitor that fired, if one did. */
    record News(Entry entry, Option<MonitorId> down) implements Item {}

    /** To be done by the process. */
    record Cue(List<Act> acts) implements Item {}

    /** To be taken by the process when it is its turn. */
    record Mail(Letter letter) implements Item {}

    /** {@code process} is to become what {@code id} stands for. */
    record Starting(String id, String process) {}

    /** What {@code item} says to a process that was started by id. */
    static Letter letter(Item item) {
        return switch (item) {
            case News(Heard(var from, var reason), var down) -> new Letter.Exit(from, reason);
            case News(Told(var as, var what, var reason), var down) ->
                    new Letter.Down(what, reason);
            case News any -> new Letter.Text();
            case Cue cue -> new Letter.Command();
            case Mail(var letter) -> letter;
        };
    }

    /** A process that lives, and will do {@code todo} first. */
    static Proc born(List<Act> todo, Option<String> parent) {
        return new Proc(
                Option.none(),
                false,
                HashMap.empty(),
                HashSet.empty(),
                HashSet.empty(),
                false,
                false,
                Queue.empty(),
                todo,
                parent,
                Option.none(),
                Option.none(),
                HashMap.empty(),
                0,
                Queue.empty(),
                Option.none(),
                Option.none());
    }

    /** What is left of a process that has died: nothing but that. */
    Proc dead(ExitReason reason) {
        return born(List.empty(), parent).withDeath(reason).withKnown(known);
    }

    boolean isDead() {
        return death.isDefined();
    }

    boolean isLinkedTo(String peer) {
        return links.get(peer).exists(Active.class::isInstance);
    }

    /** Whether it has something to do or to see, and is not waiting for a child. */
    boolean canRun() {
        return !isDead()
                && awaiting.isEmpty()
                && !isHanging()
                && (isActing() || isUnborn() || starter.isDefined() || firstInTurn() >= 0);
    }

    /** Whether it is in the middle of its acts. */
    boolean isActing() {
        return todo.nonEmpty() && starting.isEmpty();
    }

    /** Whether it has not entered its init. */
    boolean isUnborn() {
        return part.exists(it -> !it.hasBegun());
    }

    /** Whether nothing will happen to it unless something arrives. */
    boolean isQuiet() {
        return isDead() || (known && !canRun() && starter.isEmpty());
    }

    /** Whether it has come to where it does nothing, until its time is over. */
    private boolean isHanging() {
        return isHasty() && todo.head() instanceof Act.Hang;
    }

    /** Whether its time for init is short, and may be over any moment. */
    boolean isHasty() {
        return starter.isDefined() && todo.exists(Act.Hang.class::isInstance);
    }

    /** The place in the mailbox of what it looks at next; negative if there is nothing. */
    int firstInTurn() {
        return mailbox.indexWhere(
                item -> (!holding || !(item instanceof News)) && takes(letter(item)));
    }

    private boolean takes(Letter letter) {
        return starting.fold(
                () -> part.forAll(it -> it.hasBegun() && it.behaviour().takes(letter)),
                start -> isAnswer(start.process(), letter));
    }

    private static boolean isAnswer(String process, Letter letter) {
        return switch (letter) {
            case Letter.Acked(var from, var result) -> from.equals(process);
            case Letter.Exit(var from, var reason) -> from.equals(process);
            default -> false;
        };
    }

    /** Whether it writes {@code letter} down when it takes it. */
    boolean isToRecord(Letter letter) {
        return part.forAll(it -> it.behaviour().isRecorded(letter));
    }

    Proc withPart(Part now) {
        return withPart(Option.of(now), starting);
    }

    Proc withBehaviour(Behaviour next) {
        return withPart(part.map(it -> it.with(next)), starting);
    }

    Proc withStarting(Option<Starting> now) {
        return withPart(part, now);
    }

    private Proc withPart(Option<Part> part, Option<Starting> starting) {
        return new Proc(
                death, known, links, monitors, watchers, trapping, holding, mailbox, todo, parent,
                starter, awaiting, labels, count, log, part, starting);
    }

    Proc withHolding(boolean now) {
        return new Proc(
                death, known, links, monitors, watchers, trapping, now, mailbox, todo, parent,
                starter, awaiting, labels, count, log, part, starting);
    }

    private Proc withDeath(ExitReason reason) {
        return copy(Option.of(reason), known, links, monitors, watchers, trapping, mailbox, todo);
    }

    Proc withKnown(boolean now) {
        return copy(death, now, links, monitors, watchers, trapping, mailbox, todo);
    }

    Proc withLinks(Map<String, Link> now) {
        return copy(death, known, now, monitors, watchers, trapping, mailbox, todo);
    }

    Proc withLink(String peer, Link now) {
        return withLinks(links.put(peer, now));
    }

    Proc withoutLink(String peer) {
        return withLinks(links.remove(peer));
    }

    Proc withMonitors(Set<MonitorId> now) {
        return copy(death, known, links, now, watchers, trapping, mailbox, todo);
    }

    Proc withWatchers(Set<MonitorId> now) {
        return copy(death, known, links, monitors, now, trapping, mailbox, todo);
    }

    Proc withTrapping(boolean now) {
        return copy(death, known, links, monitors, watchers, now, mailbox, todo);
    }

    Proc withMailbox(Queue<Item> now) {
        return copy(death, known, links, monitors, watchers, trapping, now, todo);
    }

    Proc withTodo(List<Act> now) {
        return copy(death, known, links, monitors, watchers, trapping, mailbox, now);
    }

    Proc receiving(Item item) {
        return withMailbox(mailbox.enqueue(item));
    }

    Proc withStarter(Option<String> now) {
        return rest(now, awaiting, labels, count, log);
    }

    Proc withAwaiting(Option<String> now) {
        return rest(starter, now, labels, count, log);
    }

    Proc withLabel(MonitorId monitor) {
        var first = labels.getOrElse(monitor.label(), monitor);
        return rest(starter, awaiting, labels.put(monitor.label(), first), count, log);
    }

    Proc withCount(int now) {
        return rest(starter, awaiting, labels, now, log);
    }

    Proc seeing(Entry entry) {
        return rest(starter, awaiting, labels, count, log.enqueue(entry));
    }

    private Proc copy(
            Option<ExitReason> death,
            boolean known,
            Map<String, Link> links,
            Set<MonitorId> monitors,
            Set<MonitorId> watchers,
            boolean trapping,
            Queue<Item> mailbox,
            List<Act> todo) {
        return new Proc(
                death, known, links, monitors, watchers, trapping, holding, mailbox, todo, parent,
                starter, awaiting, labels, count, log, part, starting);
    }

    private Proc rest(
            Option<String> starter,
            Option<String> awaiting,
            Map<String, MonitorId> labels,
            int count,
            Queue<Entry> log) {
        return new Proc(
                death, known, links, monitors, watchers, trapping, holding, mailbox, todo, parent,
                starter, awaiting, labels, count, log, part, starting);
    }
}
