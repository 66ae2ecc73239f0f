package io.coppice.supervision.laws;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.util.stream.Collectors.joining;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ShutdownReport.Stopped;
import io.coppice.actor.StartFailure;
import io.coppice.process.Pid;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.TreeView;
import io.coppice.supervision.TreeView.State;
import io.coppice.supervision.laws.TreeLaws.Run;
import io.coppice.testkit.Faults;
import io.coppice.testkit.Faults.Fault;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.laws.LawBroken;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks whether one run keeps the {@link TreeLaws}. */
final class TreeInspection {

    /** In the trace, when nobody is killed any more. */
    static final String CALM = "calm";

    private static final Duration MOMENT = ofMillis(10);
    private static final int MOST_MOMENTS = 6_000;
    private static final int IDLE_MOMENTS = 30;

    private final Run run;
    private final Simulation simulation;
    private final Node node;
    private final Supervisor tree;
    private final Member root;
    private final List<String> broken = new ArrayList<>();
    private List<String> labels = List.of();

    TreeInspection(Run run, Simulation simulation) {
        this.run = run;
        this.simulation = simulation;
        this.node = simulation.node();
        this.tree = run.tree();
        this.root = Member.root(tree);
    }

    // Kills

    void killAtRest(String path) {
        var victim = member(path);
        simulation.start(tree);
        run.use();
        rest();
        var before = running();
        var process = before.get(path);
        if (process == null) {
            if (!run.ignored().contains(path)) {
                broken.add(path + " does not run, though nobody was killed");
            }
        } else {
            node.kill(process);
            rest();
            run.check();
            compare(victim.whenKilled(), before, running());
        }
        conclude(path + " was killed at rest");
    }

    private Member member(String path) {
        return root.inStopOrder()
                .filter(member -> member.path().equals(path))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        path + " is not in the tree: " + root.paths().reversed()));
    }

    /** Whether somebody was killed who ran. */
    boolean survive(Faults faults) {
        var kills = faults.all().stream().filter(TreeInspection::isKill).toList();
        try {
            simulation.start(tree);
        } catch (StartFailure failed) {
            if (faults.all().isEmpty()) {
                throw failed;
            }
            simulation.calm();
            rest();
            conclude(words(kills));
            return false;
        }
        var before = running();
        run.use();
        idle();
        simulation.note(CALM);
        simulation.calm();
        rest();
        run.check();
        var after = running();
        limit(most(kills), before, after);
        var killed = victims(kills).filter(it -> hasEnded(it, before)).toList();
        killed.forEach(victim -> demand(victim, before, after));
        labels = present();
        conclude(words(kills));
        return !killed.isEmpty();
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

    private Stream<Member> victims(List<Fault> kills) {
        return root.all()
                .filter(it -> kills.stream().anyMatch(kill -> kill.process().equals(it.label())));
    }

    private boolean hasEnded(Member member, Map<String, Pid> before) {
        var process = before.get(member.path());
        return process != null && !node.isAlive(process);
    }

    /** Waits until nobody is being started or stopped, and the code of the dead has come back. */
    private void rest() {
        simulation.settle();
        for (int i = 0; i < MOST_MOMENTS && !isAtRest(); i++) {
            simulation.advance(MOMENT);
        }
    }

    private boolean isAtRest() {
        return node.zombies().isEmpty()
                && view().map(TreeInspection::isAtRest).orElse(node.processes() == 0);
    }

    private static boolean isAtRest(TreeView part) {
        return part.live()
                        .map(TreeView.Live::state)
                        .filter(it -> it == State.RUNNING || it == State.STOPPED)
                        .isPresent()
                && part.children().stream().allMatch(TreeInspection::isAtRest);
    }

    // What is to be seen

    private Optional<TreeView> view() {
        return node.root().flatMap(process -> TreeView.of(node, process));
    }

    /** The processes of those whom the tree declares, by their paths; empty if it has ended. */
    private Map<String, Pid> running() {
        var processes = new LinkedHashMap<String, Pid>();
        view().ifPresent(view -> collect(view, view.id(), processes));
        processes.keySet().retainAll(root.paths());
        return processes;
    }

    private void collect(TreeView part, String path, Map<String, Pid> processes) {
        pid(part).filter(node::isAlive).ifPresent(process -> processes.put(path, process));
        part.children().forEach(it -> collect(it, path + "/" + it.id(), processes));
    }

    private static Optional<Pid> pid(TreeView part) {
        return part.live().flatMap(TreeView.Live::pid);
    }

    /** Of those whom the tree declares and who were there when it was stopped. */
    List<String> labels() {
        return labels;
    }

    private List<String> present() {
        var present = view().stream().flatMap(TreeInspection::all).flatMap(it -> pid(it).stream());
        var labels = present.map(Pid::label).toList();
        return root.all().map(Member::label).distinct().filter(labels::contains).toList();
    }

    private static Stream<TreeView> all(TreeView part) {
        return Stream.concat(Stream.of(part), part.children().stream().flatMap(it -> all(it)));
    }

    // Who is started again

    /** One kill at rest, of which there is one thing that may come. */
    private void compare(Reach expected, Map<String, Pid> before, Map<String, Pid> after) {
        var started = started(before, after);
        var due = without(expected.restarted(), run.ignored());
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

    /** The most that kills may do. */
    private Reach most(List<Fault> kills) {
        return victims(kills)
                .map(victim -> victim.whenAmong(kills.size()))
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
        absent.removeAll(run.ignored());
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
        var view = view();
        view.ifPresent(it -> names());
        long inside = view.stream().mapToLong(TreeInspection::processes).sum();
        long outside = node.processes() - inside;
        long expected = view.isPresent() ? run.outsiders() : 0; // who ends with the node
        if (outside != expected) {
            broken.add(
                    view.isPresent()
                            ? "processes outside of the tree: %d, and Run.outsiders says %d"
                                    .formatted(outside, expected)
                            : "processes that have survived the tree: " + outside);
        }
        requireUnbroken(kills, view); // so that what is shown ends with it
        var running = running();
        var report = node.stop(ofMinutes(1));
        var inOrder = root.paths().stream().map(running::get).filter(it -> it != null).toList();
        var stopped = report.stopped().stream().map(Stopped::process).toList();
        var order = stopped.stream().filter(inOrder::contains).toList();
        if (!order.equals(inOrder)) {
            broken.add("stopped in the order " + order + " and not in reverse: " + inOrder);
        }
        if (node.processes() > 0) {
            broken.add("processes that have survived the stop: " + node.processes());
        }
        if (node.zombies().isEmpty() && !node.fates().isBalanced()) { // what a zombie has, has none
            broken.add("messages without a fate: " + node.fates());
        }
        requireUnbroken(kills, view);
    }

    private void requireUnbroken(String kills, Optional<TreeView> view) {
        if (!broken.isEmpty()) {
            throw new LawBroken(() -> shown(kills, view));
        }
    }

    private static long processes(TreeView part) {
        return pid(part).stream().count()
                + part.more()
                + part.children().stream().mapToLong(TreeInspection::processes).sum();
    }

    private void names() {
        var running = running();
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
        return "broken: %s\n%s\n%s"
                .formatted(
                        String.join("\n", broken),
                        what,
                        last.map(it -> "The tree then:\n" + it.print().indent(4))
                                .orElse("The tree has ended.\n"));
    }
}
