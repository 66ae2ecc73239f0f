package io.coppice.examples.incidents.mesh.kit;

import io.coppice.examples.incidents.mesh.kit.Entry.State;
import io.coppice.examples.incidents.mesh.kit.Entry.State.Deleted;
import io.coppice.examples.incidents.mesh.kit.Entry.State.Present;
import io.coppice.examples.incidents.mesh.kit.Entry.State.Undecodable;
import io.coppice.examples.incidents.mesh.kit.Packet.Ack;
import io.coppice.examples.incidents.mesh.kit.Table.Merged;
import io.vavr.collection.Map;
import io.vavr.collection.Stream;
import io.vavr.collection.TreeMap;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that a peer knows, and what follows from what it hears. An immutable value; it decides, and
 * {@link Peer} acts.
 *
 * <p>A deletion is forgotten when it is stable: the owner has heard from all others, in their
 * present lives, that they have it, and those from whom it has not are declared dead. Silence is no
 * proof of death, however long it lasts. Of what it has forgotten the owner tells one number, the
 * floor: what it wrote until then, and is not there, was deleted.
 *
 * @param dead the lives that are said to be over, by node, whether they are fenced by now or not
 * @param verdicts what this node has found out of the workers of others; it is told to nobody
 */
public record Replica(
        Self self,
        Table table,
        Map<String, Known> others,
        Map<String, Long> dead,
        Map<String, Status> verdicts,
        long clock,
        Tally tally) {

    /** One that has just started, and knows nobody. */
    static Replica start(Self self, long clock) {
        return new Replica(
                self,
                Table.EMPTY.startedAnew(self.me()),
                TreeMap.empty(),
                TreeMap.empty(),
                TreeMap.empty(),
                clock,
                Tally.NONE);
    }

    // What is asked

    /** Whether work may be given to the worker under {@code key}. */
    public boolean isRoutable(String key) {
        return table.find(key)
                .map(spec -> Status.of(verdicts.get(key).toJavaOptional(), spec.status()))
                .filter(Status.READY::equals)
                .isPresent();
    }

    /** Whether others have declared this life over. */
    boolean isDeclaredDead() {
        return self.me().isOver(table.fence(self.me().node()));
    }

    /** Whether it has told others of a worker of its own under {@code key}. */
    boolean tellsOf(String key) {
        return own(key).isPresent();
    }

    /** Who else has {@code key}. */
    Optional<Owner> taken(String key) {
        return table.winner(key).map(Entry::owner).filter(owner -> !owner.equals(self.me()));
    }

    /** Its own keys. */
    Stream<String> ownKeys() {
        return mine().filter(entry -> !entry.isDeleted()).map(entry -> entry.slot().key());
    }

    // What it learns from its own node

    /** What there is on its own node under {@code key}. Only what differs is written. */
    Replica truth(String key, Optional<Spec> spec) {
        var own = own(key);
        if (spec.isEmpty()) {
            return own.isPresent() ? write(key, new Deleted(), clock + 1) : this;
        }
        var state = new Present(spec.get());
        if (own.isEmpty()) {
            return isFull() ? counted(Tally.Of.HELD_BACK) : write(key, state, clock + 1);
        }
        boolean isNews = !own.get().state().equals(state) || self.is(Flaw.REWRITES_ALL);
        return isNews ? write(key, state, own.get().claimed()) : this;
    }

    /** What its own node has found out of a worker of another one. */
    Replica judged(String key, Status status) {
        return with(table, others, dead, verdicts.put(key, status), clock, tally);
    }

    private Replica write(String key, State state, long claimed) {
        var me = self.me();
        var version = new Version(me.epoch(), clock + 1, me.node());
        return with(table.put(new Entry(new Slot(key, me.node()), version, claimed, state)))
                .seen(clock + 1)
                .counted(Tally.Of.WRITTEN);
    }

    private boolean isFull() {
        return self.limit() < Integer.MAX_VALUE
                && !self.is(Flaw.DROPS_OLDEST)
                && table.entries().size() >= self.limit();
    }

    // What it learns from others

    /** A packet. */
    Replica receive(Packet packet) {
        var from = packet.from();
        if (from.isOver(table.fence(from.node()))) {
            return counted(Tally.Of.FENCED);
        }
        var heard = heard(from).fenced(packet);
        return packet.to().equals(self.me()) ? heard.told(packet) : heard;
    }

    private Replica heard(Owner from) {
        return from.epoch() > known(from.node()).epoch()
                ? with(table.startedAnew(from))
                        .knowing(from.node(), any -> Known.inLife(from.epoch()))
                : this;
    }

    private Replica fenced(Packet packet) {
        var next = table;
        for (var fence : packet.fences().entrySet()) {
            next = next.fenced(new Owner(fence.getKey(), fence.getValue()));
        }
        return with(next);
    }

    private Replica told(Packet packet) {
        var from = packet.from().node();
        var next = this;
        for (var ack : packet.acks()) {
            next = next.knowing(from, known -> known.having(ack.slot(), ack.version()));
        }
        for (var entry : packet.entries()) {
            next = next.seen(entry.version().time()).take(from, entry);
        }
        return next.with(next.table.settled(from, packet.floor()));
    }

    private Replica take(String from, Entry entry) {
        boolean anybody = self.is(Flaw.ANYBODY_WRITES);
        if (self.isMe(entry.slot().node()) && !anybody) {
            return takeOfMine(from, entry);
        }
        return switch (table.merge(entry, anybody)) {
            case Merged.Applied(var next) -> with(next).countedIfUnread(entry).owing(from, entry);
            case Merged.Known() -> owing(from, entry);
            case Merged.Refused(var why) when why == Tally.Of.PAST ->
                    counted(why).owing(from, entry);
            case Merged.Refused(var why) -> counted(why);
        };
    }

    /**
     * What another one says of a slot that only this one writes: an echo, or not its business. A
     * life that began while this one was cut off may have heard, from one that is dead by now, of
     * what was deleted and forgotten since; so it is deleted once more.
     */
    private Replica takeOfMine(String from, Entry entry) {
        if (entry.owner().isOver(self.me().epoch() - 1)) {
            return counted(Tally.Of.FENCED);
        }
        var held = table.at(entry.slot());
        if (entry.isOwnersWord() && self.is(Flaw.FORGETS_BY_TIME) && held.isEmpty()) {
            return owing(from, entry).with(table.put(entry));
        }
        if (entry.isOwnersWord()) {
            return held.isPresent() || entry.isDeleted()
                    ? owing(from, entry)
                    : owing(from, entry).write(entry.slot().key(), new Deleted(), clock + 1);
        }
        var refused = counted(Tally.Of.NOT_THE_OWNER);
        boolean hasSpread = held.isPresent() && held.get().version().compareTo(entry.version()) < 0;
        return hasSpread && !self.is(Flaw.SILENT_REFUSAL)
                ? refused.write(entry.slot().key(), held.get().state(), held.get().claimed())
                : refused;
    }

    /** {@code from} has {@code entry}, and is to be told that it has come. */
    private Replica owing(String from, Entry entry) {
        var ack = new Ack(entry.slot(), entry.version());
        return knowing(from, known -> known.having(ack.slot(), ack.version()).owing(ack));
    }

    private Replica countedIfUnread(Entry entry) {
        return entry.state() instanceof Undecodable ? counted(Tally.Of.UNDECODABLE) : this;
    }

    /** What could not be read. */
    Replica unreadable() {
        return counted(Tally.Of.UNDECODABLE);
    }

    /** Somebody who must know says that {@code life} is over. */
    Replica died(Owner life) {
        var over = dead.put(life.node(), life.epoch(), Math::max);
        return with(table, others, over, verdicts, clock, tally);
    }

    // What it does from time to time

    /** Declares dead those that are, if it is the first of the living. */
    Replica reap() {
        if (self.is(Flaw.KEEPS_THE_DEAD) || self.others().stream().anyMatch(this::goesBefore)) {
            return this;
        }
        return dead.filter((node, epoch) -> epoch > table.fence(node))
                .foldLeft(
                        this,
                        (next, life) ->
                                next.with(next.table.fenced(new Owner(life._1, life._2)))
                                        .counted(Tally.Of.DECLARED_DEAD));
    }

    private boolean goesBefore(String node) {
        return node.compareTo(self.me().node()) < 0 && !isGone(node);
    }

    private boolean isGone(String node) {
        long over = Math.max(dead.getOrElse(node, 0L), table.fence(node));
        return over > 0 && known(node).epoch() <= over;
    }

    /** Forgets what is stable. */
    Replica settle() {
        if (self.is(Flaw.FORGETS_BY_TIME)) {
            return this;
        }
        var pending =
                mine().filter(entry -> self.others().stream().anyMatch(it -> lacks(it, entry)));
        var next = table.settled(self.me().node(), before(pending, clock));
        return next == table
                ? this
                : with(next, others.mapValues(it -> it.within(next)), dead, verdicts, clock, tally);
    }

    private boolean lacks(String node, Entry entry) {
        return !isGone(node) && !known(node).has(entry);
    }

    private static long before(Stream<Entry> entries, long otherwise) {
        return entries.map(entry -> entry.version().time() - 1).min().getOrElse(otherwise);
    }

    /** What is to be told to {@code node} in this round. */
    Packet packetFor(String node) {
        var known = known(node);
        var to = new Owner(node, known.epoch());
        var fences = table.fences().toJavaMap();
        if (to.isOver(table.fence(node))) {
            return Packet.hello(self.me(), to, fences);
        }
        boolean byTime = self.is(Flaw.ACKS_BY_TIME);
        var news = table.entries().filter(it -> byTime ? !known.hasByTime(it) : !known.has(it));
        long floor = table.floor(self.me().node());
        return new Packet(
                self.me(),
                to,
                fences,
                Math.min(floor, before(news.filter(it -> self.isMe(it.slot().node())), floor)),
                news.toJavaList(),
                known.owed().map(it -> new Ack(it._1, it._2)).toJavaList());
    }

    /** All packets of a round are on their way. */
    Replica sent() {
        return with(table, others.mapValues(Known::owingNothing), dead, verdicts, clock, tally);
    }

    // What is wrong on purpose

    /** Does what its flaws have it do at each reconcile. */
    Replica flawed() {
        var next = this;
        if (self.is(Flaw.FORGETS_BY_TIME)) {
            next = next.without(table.entries().filter(Entry::isDeleted));
        }
        if (self.is(Flaw.DROPS_OLDEST)) {
            int tooMany = Math.max(0, table.entries().size() - self.limit());
            next = next.without(table.entries().sortBy(it -> it.version().time()).take(tooMany));
        }
        return self.is(Flaw.REPUBLISHES_IMPORTS) ? next.republished() : next;
    }

    private Replica without(Stream<Entry> entries) {
        return with(entries.foldLeft(table, (next, entry) -> next.remove(entry.slot())));
    }

    private Replica republished() {
        return table.entries()
                .filter(entry -> !self.isMe(entry.slot().node()) && !entry.isDeleted())
                .foldLeft(this, Replica::inMyName);
    }

    private Replica inMyName(Entry entry) {
        var version = new Version(entry.version().epoch(), clock + 1, self.me().node());
        return with(table.put(new Entry(entry.slot(), version, entry.claimed(), entry.state())))
                .seen(clock + 1)
                .counted(Tally.Of.WRITTEN);
    }

    // Parts

    private Optional<Entry> own(String key) {
        return table.at(new Slot(key, self.me().node())).filter(entry -> !entry.isDeleted());
    }

    private Stream<Entry> mine() {
        return table.entries().filter(entry -> self.isMe(entry.slot().node()));
    }

    private Known known(String node) {
        return others.getOrElse(node, Known.NOBODY);
    }

    private Replica knowing(String node, UnaryOperator<Known> change) {
        var next = others.put(node, change.apply(known(node)));
        return with(table, next, dead, verdicts, clock, tally);
    }

    private Replica seen(long time) {
        return with(table, others, dead, verdicts, Math.max(clock, time), tally);
    }

    private Replica counted(Tally.Of what) {
        return with(table, others, dead, verdicts, clock, tally.plus(what));
    }

    private Replica with(Table table) {
        return with(table, others, dead, verdicts, clock, tally);
    }

    private Replica with(
            Table table,
            Map<String, Known> others,
            Map<String, Long> dead,
            Map<String, Status> verdicts,
            long clock,
            Tally tally) {
        return new Replica(self, table, others, dead, verdicts, clock, tally);
    }
}
