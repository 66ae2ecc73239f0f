package io.coppice.testkit.model;

import io.coppice.testkit.model.supervisor.Behaviour;
import io.coppice.testkit.model.supervisor.Letter;
import io.coppice.testkit.model.supervisor.Request;
import io.coppice.testkit.model.supervisor.Role;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome;
import io.coppice.testkit.script.Script;
import io.vavr.Tuple;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Queue;
import io.vavr.control.Option;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * All processes of a script at one moment, and what is under way between them. A step yields the
 * next world; what can happen next is a list of choices.
 *
 * <p>Signals from one process to another arrive in the order in which they were sent. Nothing else
 * is promised: any process may run next, any signal may arrive next.
 */
public final class World implements Behaviour.Sight {

    private static final Script.Phase NOTHING = new Script.Phase(java.util.Map.of());

    /** Where cues come from, and answers to what was asked of nobody. */
    static final String OUTSIDE = "";

    private final Script script;
    private final int phase;
    private final Script.Phase now;
    private final Map<String, Proc> procs;
    private final Map<Way, Queue<Signal>> underWay;
    private final Map<String, String> names;
    private final Scene scene;

    /** From one process to another. */
    record Way(String from, String to) {}

    /** Something that can happen next. */
    public sealed interface Choice {}

    /** {@code who} does its next act, or sees what is first in its mailbox. */
    public record Runs(String who) implements Choice {}

    /** {@code who}, which somebody has created, becomes known to all others. */
    public record BecomesKnown(String who) implements Choice {}

    /** The time that {@code who} may take for its init is over. */
    public record Expires(String who) implements Choice {}

    /**
     * Time passes until {@code who} is told so. Nothing takes time but waiting: this is a choice
     * only when there is no other.
     */
    public record Rings(String who) implements Choice {}

    /** A signal arrives: the one at {@code place} among those under way between the two. */
    public record Arrives(String from, String to, int place) implements Choice {}

    private World(
            Script script,
            int phase,
            Script.Phase now,
            Map<String, Proc> procs,
            Map<Way, Queue<Signal>> underWay,
            Map<String, String> names,
            Scene scene) {
        this.script = script;
        this.phase = phase;
        this.now = now;
        this.procs = procs;
        this.underWay = underWay;
        this.names = names;
        this.scene = scene;
    }

    /** The world in which the first phase of {@code script} begins. */
    public static World at(Script script) {
        Map<String, Proc> procs = HashMap.empty();
        for (var root : List.ofAll(script.roots()).reject(Scene::isStartedById)) {
            procs = procs.put(root, Proc.born(List.empty(), Option.none()).withKnown(true));
        }
        var first = script.phases().isEmpty() ? NOTHING : script.phases().getFirst();
        return new World(script, 0, first, procs, HashMap.empty(), HashMap.empty(), Scene.empty())
                .cued();
    }

    /**
     * A world for {@link #then}, in which whoever is created is known at once.
     *
     * @param roots those who live from the beginning
     */
    public static World of(Set<String> roots) {
        var idle = new LinkedHashMap<String, java.util.List<Act>>();
        roots.forEach(root -> idle.put(root, java.util.List.of()));
        var world = at(Script.of(idle));
        return new World(
                new Script(java.util.List.of()),
                0,
                NOTHING,
                world.procs,
                world.underWay,
                world.names,
                world.scene);
    }

    // What can happen

    /** What can happen next in this phase. */
    public java.util.List<Choice> choices() {
        return Choices.of(this);
    }

    /** The world after {@code choice}, which must be one of {@link #choices}. */
    public World step(Choice choice) {
        return Steps.step(this, choice);
    }

    /**
     * Whether nothing is under way any more. That a process that has died becomes known may come
     * later or never: it may not have come so far.
     */
    public boolean isQuiet() {
        return underWay.isEmpty()
                && scene.alarms().isEmpty()
                && procs.values().forAll(Proc::isQuiet);
    }

    /** Whether the phase is the last. */
    public boolean isLastPhase() {
        return phase >= script.phases().size() - 1;
    }

    /** The world in which the next phase begins. */
    public World nextPhase() {
        return new World(
                        script,
                        phase + 1,
                        script.phases().get(phase + 1),
                        procs,
                        underWay,
                        names,
                        scene)
                .cued();
    }

    /** This world, in which everybody does what {@code more} says. */
    public World then(Script.Phase more) {
        return new World(script, phase, more, procs, underWay, names, scene).cued();
    }

    /** This world, where {@code who} leaves news in its mailbox, or takes it again. */
    public World holding(String who, boolean on) {
        return with(who, proc -> proc.withHolding(on));
    }

    /** Whether {@code who} lives and is in the middle of its acts. */
    public boolean isActing(String who) {
        return lives(who) && proc(who).isActing();
    }

    /** What {@code who} has seen; empty if it has ended. */
    public java.util.List<Outcome.Entry> logOf(String who) {
        return proc(who).log().toJavaList();
    }

    /** How much waits in the mailbox of {@code who}: news, and what it is to do. */
    public int waiting(String who) {
        return proc(who).mailbox().length();
    }

    // Those who are started by id

    /** This world, where whoever is started as {@code id} from now on becomes {@code role}. */
    public World withRole(String id, Role role) {
        return with(scene.withRole(id, role));
    }

    /** This world, in which {@code caller}, who is new, asks {@code supervisor} for something. */
    public World asking(String caller, String supervisor, Request request) {
        var called = withProc(caller, Proc.born(List.empty(), Option.none()).withKnown(true));
        var monitored =
                Acts.monitor(called, Deeds.monitor(called, caller, supervisor, "supervisor"));
        var letter = new Letter.Called(caller, request);
        return Acts.send(monitored, caller, supervisor, Deeds.mail(letter));
    }

    /** This world, where {@code who} goes on with its init if it waits in it. */
    public World releasing(String who) {
        return send(OUTSIDE, who, Deeds.mail(new Letter.Released()));
    }

    /** This world, {@code millis} later. No alarm may be due by then. */
    public World later(long millis) {
        return with(scene.at(scene.millis() + millis));
    }

    /** In how many milliseconds the next alarm rings, if there is one. */
    public Optional<Long> nextAlarm() {
        return scene.nextAlarm().map(due -> due - scene.millis()).toJavaOptional();
    }

    /** What has happened so far to those that were started by id. */
    public java.util.List<Event> events() {
        return scene.events().toJavaList();
    }

    @Override
    public long millis() {
        return scene.millis();
    }

    @Override
    public String nextOf(String id) {
        return scene.nextOf(id);
    }

    Scene scene() {
        return scene;
    }

    World with(Scene now) {
        return new World(script, phase, this.now, procs, underWay, names, now);
    }

    /** Tells everybody who lives to do what the phase has for it. */
    private World cued() {
        var cued = this;
        for (var who : procs.filterValues(proc -> !proc.isDead()).keySet()) {
            var acts = actsOf(who);
            cued = acts.isEmpty() ? cued : cued.send(OUTSIDE, who, new Signal.Cue(acts));
        }
        return cued;
    }

    private List<Act> actsOf(String who) {
        return List.ofAll(now.of(who));
    }

    /** {@code child} as it is when {@code parent} creates it. */
    Proc newborn(String child, String parent) {
        return Proc.born(actsOf(child), Option.of(parent))
                // Where nobody can tell the difference it is known at once.
                .withKnown(!script.isMentionedByOthers(child, parent));
    }

    /** What has become of everybody. */
    public Outcome outcome() {
        var fates = new TreeMap<String, Outcome.Fate>();
        procs.forEach((who, proc) -> fates.put(who, fate(who, proc)));
        return new Outcome(fates);
    }

    private Outcome.Fate fate(String who, Proc proc) {
        if (proc.isDead()) {
            return new Outcome.Ended(proc.death().toJavaOptional());
        }
        return new Outcome.Lives(
                proc.log().toJavaList(),
                new TreeSet<>(proc.links().keySet().filter(proc::isLinkedTo).toJavaSet()),
                proc.monitors().toList().map(Signal.MonitorId::what).toJavaList(),
                nameOf(who).toJavaOptional(),
                proc.trapping());
    }

    // For the rules

    Map<String, Proc> procs() {
        return procs;
    }

    Map<Way, Queue<Signal>> underWay() {
        return underWay;
    }

    Proc proc(String who) {
        return procs.get(who).get();
    }

    @Override
    public boolean lives(String who) {
        return procs.get(who).exists(proc -> !proc.isDead());
    }

    boolean exists(String who) {
        return procs.containsKey(who);
    }

    World with(String who, UnaryOperator<Proc> change) {
        return withProc(who, change.apply(proc(who)));
    }

    World withProc(String who, Proc changed) {
        return new World(script, phase, now, procs.put(who, changed), underWay, names, scene);
    }

    World see(String who, Outcome.Entry entry) {
        return with(who, proc -> proc.seeing(entry));
    }

    World send(String from, String to, Signal signal) {
        var way = new Way(from, to);
        var signals = underWay.getOrElse(way, Queue.empty());
        return withUnderWay(way, signals.enqueue(signal));
    }

    boolean hasUnderWay(String from, String to) {
        return underWay.containsKey(new Way(from, to));
    }

    World withUnderWay(Way way, Queue<Signal> signals) {
        var left = signals.isEmpty() ? underWay.remove(way) : underWay.put(way, signals);
        return new World(script, phase, now, procs, left, names, scene);
    }

    /** Nobody is there to hear: what is under way to {@code who} is lost, unless it is answered. */
    World withoutMail(String who) {
        var left =
                underWay.map(
                                (way, signals) ->
                                        Tuple.of(
                                                way,
                                                way.to().equals(who)
                                                        ? signals.filter(
                                                                Signal::isAnsweredByTheDead)
                                                        : signals))
                        .filterValues(Queue::nonEmpty);
        return new World(script, phase, now, procs, left, names, scene);
    }

    Option<String> holder(String name) {
        return names.get(name);
    }

    Option<String> nameOf(String who) {
        return names.find(held -> held._2.equals(who)).map(held -> held._1);
    }

    World withName(String name, String who) {
        return new World(script, phase, now, procs, underWay, names.put(name, who), scene);
    }

    World withoutName(String name) {
        return new World(script, phase, now, procs, underWay, names.remove(name), scene);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof World that
                && phase == that.phase
                && procs.equals(that.procs)
                && underWay.equals(that.underWay)
                && names.equals(that.names)
                && scene.equals(that.scene);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * procs.hashCode() + underWay.hashCode()) + phase;
    }
}
