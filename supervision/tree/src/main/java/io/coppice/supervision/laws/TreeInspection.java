package io.coppice.supervision.laws;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ShutdownReport;
import io.coppice.actor.ShutdownReport.Stopped;
import io.coppice.actor.StartFailure;
import io.coppice.process.Pid;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.TreeEvent;
import io.coppice.supervision.TreeView;
import io.coppice.supervision.laws.TreeLaws.Run;
import io.coppice.testkit.Faults;
import io.coppice.testkit.Faults.Fault;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.laws.LawBroken;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks whether one run keeps the {@link TreeLaws}. */
final class TreeInspection {

    /** In the trace: the tree is there, and is used from here on. */
    static final String STARTED = "the tree has started";

    /** In the trace: nobody is killed any more. */
    static final String CALM = "calm";

    private static final Duration MOMENT = ofMillis(10);
    private static final Duration PATIENCE = ofDays(1);
    private static final Duration LONGEST = ofMinutes(5);
    private static final int IDLE_MOMENTS = 30;

    private final Run run;
    private final Simulation simulation;
    private final Node node;
    private final Supervisor tree;
    private final Member root;
    private final Onlooker onlooker;
    private final List<String> broken = new ArrayList<>();
    private List<String> labels = List.of();

    TreeInspection(Run run, Simulation simulation) {
        this.run = run;
        this.simulation = simulation;
        this.node = simulation.node();
        var declared = requireNonNull(run.tree(), "tree");
        this.root = Member.root(declared);
        this.onlooker = new Onlooker(node, root);
        this.tree = declared.listener(onlooker::hear);
    }

    /** Of those whom the tree declares and who were there when it was stopped. */
    List<String> labels() {
        return labels;
    }

    /** Of all whom the tree declares. */
    List<String> paths() {
        return root.all().map(Member::path).toList();
    }

    // Kills

    void killAtRest(String path) {
        var victim = member(path);
        var what = path + " was killed at rest";
        simulation.start(tree);
        carryOut("use()", run::use, what);
        rest();
        var before = onlooker.running();
        var process = onlooker.process(path);
        if (process.isPresent()) {
            node.kill(process.get());
            rest();
            carryOut("check()", run::check, what);
            var after = onlooker.running();
            boolean isSure =
                    onlooker.deaths().isEmpty()
                            && !(victim.isEach() && victim.isSignificantToAny());
            if (isSure) {
                compare(victim.whenKilled(), before, after);
            } else {
                limit(most(List.of(victim), 1), before, after);
            }
        }
        conclude(what);
    }

    private Member member(String path) {
        return root.all()
                .filter(member -> member.path().equals(path))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        path + " is not in the tree: " + paths()));
    }

    /** Whether somebody was killed who ran. */
    boolean survive(Faults faults) {
        var kills = faults.all().stream().filter(TreeInspection::isKill).toList();
        var what = words(kills);
        try {
            simulation.start(tree);
        } catch (StartFailure failed) {
            if (faults.all().isEmpty()) {
                throw failed;
            }
            simulation.calm();
            rest();
            conclude(what);
            return false;
        }
        simulation.note(STARTED);
        var before = onlooker.running();
        carryOut("use()", run::use, what);
        idle();
        simulation.note(CALM);
        simulation.calm();
        rest();
        carryOut("check()", run::check, what);
        var after = onlooker.running();
        var victims = victims(kills);
        limit(most(victims, kills.size()), before, after);
        var killed = victims.stream().filter(it -> hasEnded(it, before)).toList();
        killed.forEach(victim -> demand(victim, before, after));
        labels = onlooker.labels();
        conclude(what);
        return !killed.isEmpty();
    }

    /** What the application does, and what it asserts. */
    private void carryOut(String method, Runnable body, String kills) {
        try {
            body.run();
        } catch (RuntimeException | AssertionError thrown) {
            broken.add(method + " of the run: " + thrown);
            var view = onlooker.view();
            var shown = new LawBroken(() -> shown(kills, view));
            shown.initCause(thrown);
            throw shown;
        }
    }

    /** Kills strike at steps: without some, nobody would be killed at rest. */
    private void idle() {
        for (int i = 0; i < IDLE_MOMENTS; i++) {
            simulation.advance(MOMENT);
        }
    }

    private static String words(List<Fault> kills) {
        return kills.isEmpty()
                ? "nobody was killed"
                : kills.stream().map(TreeInspection::words).collect(joining(", "));
    }

    private static String words(Fault kill) {
        return kill.process()
                + " was killed"
                + (kill instanceof Faults.KillAt at ? " at step " + at.step() : "");
    }

    private static boolean isKill(Fault fault) {
        return fault instanceof Faults.Kill || fault instanceof Faults.KillAt;
    }

    private List<Member> victims(List<Fault> kills) {
        var labels = kills.stream().map(Fault::process).toList();
        return root.all().filter(it -> labels.contains(it.label())).toList();
    }

    private boolean hasEnded(Member member, Map<String, Pid> before) {
        var process = before.get(member.path());
        return process != null && !node.isAlive(process);
    }

    /** Waits until nobody is on the way in or out, and the code of the dead has come back. */
    private void rest() {
        simulation.settle();
        for (var moment = MOMENT; !isAtRest() && moment.compareTo(LONGEST) < 0; ) {
            simulation.advance(moment);
            moment = moment.multipliedBy(2);
        }
    }

    private boolean isAtRest() {
        return onlooker.isAtRest()
                && (onlooker.view().isEmpty() || onlooker.untied() <= run.outsiders());
    }

    // Who is started again

    /** One kill at rest, of which there is one thing that may come. */
    private void compare(Reach expected, Map<String, Pid> before, Map<String, Pid> after) {
        var started = started(before, after);
        var due = without(expected.restarted(), onlooker.ignored());
        if (!started.equals(due)) {
            broken.add("started again: " + started + "; named by the strategies: " + due);
        }
        var gone = without(before.keySet(), after.keySet());
        var lost = new TreeSet<>(expected.gone());
        lost.retainAll(before.keySet());
        if (!gone.equals(lost)) {
            broken.add("gone: " + gone + "; by the restart types: " + lost);
        }
    }

    /** The most that may come of kills, and of those who ended without. */
    private Reach most(List<Member> victims, int kills) {
        var deaths = onlooker.deaths();
        int all = kills + deaths.size();
        return Stream.concat(
                        victims.stream().map(victim -> victim.whenAmong(all)),
                        deaths.stream().map(it -> it.member().whenAmong(it.isAbnormal(), all)))
                .reduce(Reach.NOBODY, Reach::and);
    }

    private void limit(Reach most, Map<String, Pid> before, Map<String, Pid> after) {
        if (after.isEmpty() && most.isTheEnd()) {
            return;
        }
        var unnamed = without(started(before, after), most.restarted());
        if (!unnamed.isEmpty()) {
            broken.add("started again, though no strategy names them: " + unnamed);
        }
        var absent = without(without(root.paths(), after.keySet()), most.gone());
        absent.removeAll(onlooker.ignored());
        if (!absent.isEmpty()) {
            broken.add("do not run: " + absent);
        }
    }

    /** The least that the end of {@code victim} has to do. */
    private void demand(Member victim, Map<String, Pid> before, Map<String, Pid> after) {
        if (victim.isSignificantToAny()) {
            return; // what its end does depends on whether it was stopped or killed
        }
        var due = new TreeSet<>(victim.whenKilled().all());
        due.retainAll(before.keySet());
        due.removeIf(path -> !Objects.equals(before.get(path), after.get(path)));
        if (!due.isEmpty()) {
            broken.add(
                    "%s was killed, and these run on, whom a strategy names with it: %s"
                            .formatted(victim.path(), due));
        }
    }

    private static Set<String> started(Map<String, Pid> before, Map<String, Pid> after) {
        var started = new TreeSet<>(after.keySet());
        started.removeIf(path -> Objects.equals(before.get(path), after.get(path)));
        return started;
    }

    private static Set<String> without(Collection<String> some, Collection<String> others) {
        var rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    // The end

    private void conclude(String kills) {
        var view = onlooker.view();
        if (view.isPresent()) {
            names();
            untied();
        }
        requireUnbroken(kills, view); // so that what is shown ends with it
        var running = onlooker.running();
        var report = node.stop(PATIENCE);
        rest();
        order(running, report);
        orderOfEachSupervisor();
        if (node.zombies().isEmpty() && !node.fates().isBalanced()) { // what a zombie has, has none
            broken.add("messages without a fate: " + node.fates());
        }
        requireUnbroken(kills, view);
    }

    /** Whoever would outlive the tree. */
    private void untied() {
        long outside = onlooker.untied();
        if (outside != run.outsiders()) {
            broken.add(
                    "processes that no link ties to the tree: %d, and Run.outsiders says %d"
                            .formatted(outside, run.outsiders()));
        }
    }

    /** Of all but those who fail meanwhile, or are below a supervisor that is killed to stop it. */
    private void order(Map<String, Pid> running, ShutdownReport report) {
        var late = report.late().stream().map(Stopped::process).toList();
        var ends = report.stopped().stream().map(Stopped::process).toList();
        var failed = onlooker.failed();
        var due =
                root.inStopOrder()
                        .filter(it -> it.allAbove().noneMatch(Member::isKilledToStop))
                        .filter(it -> it.allAbove().noneMatch(isAmong(late, running)))
                        .flatMap(it -> Stream.ofNullable(running.get(it.path())))
                        .filter(it -> !failed.contains(it))
                        .toList();
        var inOrder = due.stream().filter(ends::contains).toList();
        var order = ends.stream().filter(due::contains).toList();
        if (inOrder.size() < due.size()) {
            broken.add(
                    "ended before their supervisors stopped them: "
                            + due.stream().filter(it -> !ends.contains(it)).toList());
        }
        if (!order.equals(inOrder)) {
            broken.add("stopped in the order " + order + " and not in reverse: " + inOrder);
        }
    }

    private static Predicate<Member> isAmong(List<Pid> processes, Map<String, Pid> running) {
        return it -> processes.contains(running.get(it.path()));
    }

    /** Those who are stopped one after the other, whatever for, are in reverse. */
    private void orderOfEachSupervisor() {
        var places = root.paths();
        var latest = new HashMap<Pid, Integer>();
        for (var event : onlooker.events()) {
            int place = places.indexOf(event.path());
            if (!(event instanceof TreeEvent.ChildStopped it)
                    || it.cause() instanceof TreeEvent.Cause.Requested) {
                latest.remove(event.supervisor());
            } else if (place >= 0) {
                var before = latest.put(event.supervisor(), place);
                if (before != null && before > place) {
                    broken.add(
                            "stopped in the order [%s, %s] and not in reverse"
                                    .formatted(places.get(before), event.path()));
                }
            }
        }
    }

    private void requireUnbroken(String kills, Optional<TreeView> view) {
        if (!broken.isEmpty()) {
            throw new LawBroken(() -> shown(kills, view));
        }
    }

    private void names() {
        var running = onlooker.running();
        root.all().forEach(it -> it.name().ifPresent(name -> name(it, name, running)));
    }

    private <M> void name(Member member, Name<M> name, Map<String, Pid> running) {
        var holder = node.registry().lookup(name).map(ActorRef::pid);
        var process = Optional.ofNullable(running.get(member.path()));
        if (!holder.equals(process)) {
            broken.add(
                    "the name %s belongs to %s, and %s is %s"
                            .formatted(
                                    name,
                                    words(holder, "nobody"),
                                    member.path(),
                                    words(process, "not there")));
        }
    }

    private static String words(Optional<Pid> process, String none) {
        return process.map(Pid::toString).orElse(none);
    }

    private String shown(String what, Optional<TreeView> last) {
        var gaveUp =
                onlooker.events().stream()
                        .filter(TreeEvent.GivingUp.class::isInstance)
                        .map(it -> ((TreeEvent.GivingUp) it).why() + "\n");
        return "broken: %s\n%s\n%s%s"
                .formatted(
                        String.join("\n", broken),
                        what,
                        gaveUp.map(it -> "a supervisor " + it).collect(joining()),
                        last.map(it -> "The tree then:\n" + it.print().indent(4))
                                .orElse("The tree has ended.\n"));
    }
}
