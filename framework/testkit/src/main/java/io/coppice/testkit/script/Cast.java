package io.coppice.testkit.script;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Monitored;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ProcessInfo;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;
import io.coppice.testkit.script.Outcome.Ended;
import io.coppice.testkit.script.Outcome.Fate;
import io.coppice.testkit.script.Outcome.Lives;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All players of one performance. Called by them and by the stage, each in its own thread. */
final class Cast {

    /** How long one may be in init that hangs in it: short, since it is waited for. */
    private static final Duration DEADLINE = Duration.ofMillis(20);

    private final Script script;
    private final Node node;
    private final Kind kind;

    /** Who is known to all. */
    private final Map<String, ActorRef<Object>> known = new ConcurrentHashMap<>();

    /** Who was ever created. */
    private final Map<String, Member> census = new ConcurrentHashMap<>();

    private final Queue<String> irregularities = new ConcurrentLinkedQueue<>();
    private volatile Script.Phase phase;
    private volatile @Nullable ActorRef<Object> deaf;

    /** A process that was created. */
    private record Member(Player player, ActorRef<Object> ref, CompletableFuture<ExitReason> end) {}

    Cast(Script script, Node node, Kind kind) {
        this.script = script;
        this.node = node;
        this.kind = kind;
        this.phase = new Script.Phase(Map.of());
    }

    // For the stage

    void begin(Script.Phase next) {
        phase = next;
    }

    /** Creates a process that lives from the beginning. */
    void root(String who) {
        var player = new Player(this, who, List.of(), false);
        var options = options(who);
        var ref =
                kind.isProgram(who)
                        ? node.spawn((Program<Object>) player, options)
                        : node.spawn((ActorFactory<Object>) player, options);
        enterCensus(who, player, ref);
        known.put(who, ref);
    }

    /** Creates a process that never answers, if one is needed. */
    void deafIfNeeded() {
        if (script.acts().anyMatch(Act.Hang.class::isInstance)) {
            deaf = node.spawn((ActorFactory<Object>) context -> message -> {}, options("deaf"));
        }
    }

    /** A process that never answers. */
    ActorRef<Object> deaf() {
        return requireNonNull(deaf, "deaf");
    }

    /** Tells {@code who} to act, if it lives. */
    void cue(String who, List<Act> acts) {
        var member = census.get(who);
        if (member != null) {
            member.ref().send(new Player.Cue(acts));
        }
    }

    /** Those who were created and live, sorted. */
    List<String> living() {
        return census.entrySet().stream()
                .filter(entry -> node.isAlive(entry.getValue().ref().pid()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    void killAll() {
        if (deaf != null) {
            node.kill(deaf.pid());
        }
        census.values().forEach(member -> node.kill(member.ref().pid()));
    }

    Outcome outcome() {
        var fates = new TreeMap<String, Fate>();
        census.forEach((who, member) -> fates.put(who, fate(member)));
        return new Outcome(fates);
    }

    private Fate fate(Member member) {
        return node.info(member.ref().pid())
                .<Fate>map(info -> lives(member, info))
                .orElseGet(() -> new Ended(Optional.ofNullable(member.end().getNow(null))));
    }

    private Lives lives(Member member, ProcessInfo info) {
        return new Lives(
                member.player().log(),
                info.links().stream()
                        .map(this::nameOf)
                        .collect(Collectors.toCollection(TreeSet::new)),
                info.monitors().stream().map(this::watched).toList(),
                info.name(),
                info.trapsExits());
    }

    private String watched(MonitorRef monitor) {
        return monitor.name()
                .map(name -> "@" + name)
                .orElseGet(() -> monitor.pid().map(this::nameOf).orElse("?"));
    }

    /** What went wrong that no outcome shows. */
    List<String> irregularities() {
        census.forEach((who, member) -> countWatchers(who, member));
        return List.copyOf(irregularities);
    }

    private void countWatchers(String who, Member member) {
        var target = member.ref().pid();
        var monitored = node.info(target).map(ProcessInfo::monitoredBy);
        long monitors =
                census.values().stream()
                        .flatMap(other -> node.info(other.ref().pid()).stream())
                        .flatMap(info -> info.monitors().stream())
                        .filter(monitor -> monitor.pid().equals(Optional.of(target)))
                        .count();
        if (monitored.isPresent() && monitored.get() != monitors) {
            irregularities.add(
                    "%s is monitored by %d, and %d monitor it"
                            .formatted(who, monitored.get(), monitors));
        }
    }

    // For players

    /** A player that will do what the present phase has for it. */
    Player player(String who, boolean isWaitedFor) {
        return new Player(this, who, phase.of(who), isWaitedFor);
    }

    boolean isUnborn(String who) {
        return !census.containsKey(who);
    }

    /** The process runs: now everybody may know it. */
    void enter(String who, Player player, ActorRef<Object> self) {
        enterCensus(who, player, self);
        known.putIfAbsent(who, self);
    }

    /** The process was created. Both it and its parent say so: either may die before it does. */
    void enterCensus(String who, Player player, ActorRef<Object> ref) {
        var end = node.ended(ref.pid());
        boolean cameTooLate = end.isDone();
        census.merge(
                who,
                new Member(player, ref, cameTooLate ? new CompletableFuture<>() : end),
                (before, now) -> before.end().isDone() || cameTooLate ? before : now);
    }

    @Nullable ActorRef<Object> known(String who) {
        return known.get(who);
    }

    /** What the script calls {@code pid}. */
    String nameOf(Pid pid) {
        return census.entrySet().stream()
                .filter(entry -> entry.getValue().ref().pid() == pid)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(pid::toString);
    }

    /** Whoever hears of a death must find the names of the dead free. */
    void lookForNamesOf(Pid other, String witness) {
        if (node.isAlive(other)) {
            return; // an exit signal is no news of a death
        }
        for (var name : script.names()) {
            var holder = node.registry().lookup(Name.of(name));
            if (holder.isPresent() && holder.get().pid() == other) {
                irregularities.add(
                        "%s has heard of the end of %s, which still has the name %s"
                                .formatted(witness, nameOf(other), name));
            }
        }
    }

    private SpawnOptions<Object> options(String who) {
        return SpawnOptions.defaults().withLabel(who).withoutInitDeadline();
    }

    private SpawnOptions<Object> hasty(String who) {
        return options(who).withInitDeadline(DEADLINE);
    }

    ActorRef<Object> spawn(Context<Object> parent, String who, Player player) {
        return kind.isProgram(who)
                ? parent.spawn((Program<Object>) player, options(who))
                : parent.spawn((ActorFactory<Object>) player, options(who));
    }

    ActorRef<Object> spawnLinked(Context<Object> parent, String who, Player player) {
        return kind.isProgram(who)
                ? parent.spawnLinked((Program<Object>) player, options(who))
                : parent.spawnLinked((ActorFactory<Object>) player, options(who));
    }

    ActorRef<Object> startLinked(Context<Object> parent, String who, Player player) {
        var options = phase.of(who).contains(new Act.Hang()) ? hasty(who) : options(who);
        return kind.isProgram(who)
                ? parent.startLinked((Program<Object>) player, options)
                : parent.startLinked((ActorFactory<Object>) player, options);
    }

    Monitored<Object> spawnMonitored(
            Context<Object> parent,
            String who,
            Player player,
            boolean linked,
            Function<Down, Object> news) {
        if (kind.isProgram(who)) {
            Program<Object> program = player;
            return linked
                    ? spawnBoth(parent, player, who, news)
                    : parent.spawnMonitored(program, options(who), news);
        }
        return linked
                ? spawnBoth(parent, player, who, news)
                : parent.spawnMonitored((ActorFactory<Object>) player, options(who), news);
    }

    /** Linked and monitored there are actors only. */
    private Monitored<Object> spawnBoth(
            Context<Object> parent, Player player, String who, Function<Down, Object> news) {
        return parent.spawnLinkedAndMonitored((ActorFactory<Object>) player, options(who), news);
    }
}
