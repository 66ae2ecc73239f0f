package io.coppice.examples.benchmarks;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.coppice.actor.Fates;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ProcessInfo;
import io.coppice.examples.benchmarks.report.Table;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;
import io.coppice.supervision.TreeView;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Counts everything on a node that could leak, and judges the counts. */
final class Census {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final double MEGABYTE = 1 << 20;
    private static final double HEAP_GROWTH = 1.2;
    private static final double HEAP_NOISE = 8 * MEGABYTE;
    private static final int THREAD_NOISE = 4;
    private static final String LINE = "%7s %9s %8s %10s %6s %8s %6s %8s %8s %7s%n";

    private final Node node;
    private final PrintStream out;
    private final long begunNanos = System.nanoTime();
    private final Pid root;
    private long kills;
    private long messages;
    private long atNanos = begunNanos;

    /** What is counted at a moment when nothing happens. */
    record Count(
            long processes,
            long timers,
            int threads,
            SortedMap<String, Long> threadsByName,
            long heap,
            boolean isBalanced) {}

    Census(Node node, PrintStream out) {
        this.node = node;
        this.out = out;
        this.root = node.root().orElseThrow();
    }

    // While it runs

    void head(long killsNow) {
        out.printf(
                LINE,
                "seconds",
                "kills",
                "kills/s",
                "messages/s",
                "alive",
                "threads",
                "heap MB",
                "names",
                "zombies",
                "timers");
        kills = killsNow;
        atNanos = System.nanoTime();
        messages = node.fates().accepted();
    }

    void line(long killsNow) {
        long now = System.nanoTime();
        double seconds = (now - atNanos) / 1e9;
        long messagesNow = node.fates().accepted();
        out.printf(
                LINE,
                number((now - begunNanos) / 1e9),
                killsNow,
                number((killsNow - kills) / seconds),
                number((messagesNow - messages) / seconds),
                node.processes(),
                threads(),
                number(heapAfterCollection() / MEGABYTE),
                taken(names()),
                node.zombies().size(),
                node.timers());
        atNanos = now;
        kills = killsNow;
        messages = messagesNow;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Those of one kind are told apart by numbers, which are left out. */
    private static SortedMap<String, Long> threadsByName() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName().replaceAll("[-#@ ]*[0-9a-f]*[0-9]+$", ""))
                .collect(groupingBy(name -> name, TreeMap::new, counting()));
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static List<Name<?>> names() {
        return Stream.<Name<?>>concat(Ground.namesOfTree().stream(), guestNames()).toList();
    }

    private static Stream<Name<?>> guestNames() {
        return IntStream.range(0, Ground.GUEST_NAMES).mapToObj(Ground::guestName);
    }

    private long taken(List<Name<?>> names) {
        return names.stream().filter(name -> Ground.pid(node, name).isPresent()).count();
    }

    // When it is calm

    /** Waits until nothing happens any more, and for {@code settling}, and counts. */
    Count calm(Duration settling) throws InterruptedException {
        await(this::isCalm);
        TimeUnit.NANOSECONDS.sleep(settling.toNanos());
        boolean isBalanced = await(() -> node.fates().isBalanced());
        return new Count(
                node.processes(),
                node.timers(),
                threads(),
                threadsByName(),
                heapAfterCollection(),
                isBalanced);
    }

    /** Everybody who belongs to the tree is there, and nobody else. */
    private boolean isCalm() {
        return taken(Ground.namesOfTree()) == Ground.namesOfTree().size()
                && taken(guestNames().toList()) == 0
                && node.zombies().isEmpty()
                && node.timers() == Ground.timersOfTree()
                && related().size() == node.processes()
                && related().stream().noneMatch(pid -> anyMonitorOf(pid, any -> true));
    }

    private static boolean await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return true;
    }

    // The judgement

    private final Table findings = new Table("what must hold", "holds", "found", "before");
    private final List<String> remarks = new ArrayList<>();
    private boolean all = true;

    boolean check(Count before, Count after) throws InterruptedException {
        long threadsAllowed = before.threads() + THREAD_NOISE;
        boolean fewThreads = await(() -> threads() <= threadsAllowed);
        double heapAllowed = before.heap() * HEAP_GROWTH + HEAP_NOISE;
        var related = related();
        find("every message has met its fate", after.isBalanced(), inWords(node.fates()), "");
        find("no code of the dead runs", node.zombies().isEmpty(), node.zombies().size(), 0);
        find("the root lives", node.isAlive(root), root, "");
        find(
                "as many processes",
                after.processes() == before.processes(),
                after.processes(),
                before.processes());
        find(
                "all of them linked to the tree",
                related.size() == node.processes(),
                related.size(),
                node.processes());
        find("all of the tree among them", related.containsAll(ofTree()), ofTree().size(), "");
        find(
                "every link to the living",
                linksOf(related).allMatch(node::isAlive),
                linksOf(related).count(),
                "");
        find(
                "every monitor of the living",
                related.stream().noneMatch(pid -> anyMonitorOf(pid, ref -> !isOfTheLiving(ref))),
                "",
                "");
        find(
                "every name of the tree taken",
                taken(Ground.namesOfTree()) == Ground.namesOfTree().size(),
                taken(Ground.namesOfTree()),
                Ground.namesOfTree().size());
        find(
                "every other name free",
                taken(guestNames().toList()) == 0,
                taken(guestNames().toList()),
                0);
        find(
                "no timer but those of the tree",
                after.timers() == Ground.timersOfTree(),
                after.timers(),
                before.timers());
        find("about as many threads", fewThreads, threads(), before.threads());
        if (!fewThreads) {
            remarks.add("threads now: " + threadsByName());
            remarks.add("before: " + before.threadsByName());
        }
        find(
                "about as much heap",
                after.heap() <= heapAllowed,
                number(after.heap() / MEGABYTE) + " MB",
                number(before.heap() / MEGABYTE) + " MB");
        return all;
    }

    /** After the end of the node. */
    boolean checkEnd() throws InterruptedException {
        find("nobody is left at the end", await(() -> node.processes() == 0), node.processes(), "");
        find("no timer either", await(() -> node.timers() == 0), node.timers(), "");
        find(
                "no thread of the node either",
                await(() -> threadsOfNode() == 0),
                threadsOfNode(),
                "");
        out.println();
        findings.print(out);
        remarks.forEach(out::println);
        return all;
    }

    private void find(String what, boolean holds, Object found, Object before) {
        all &= holds;
        findings.row(what, holds ? "yes" : "NO", found, before);
    }

    private static long threadsOfNode() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("coppice-"))
                .count();
    }

    private static String inWords(Fates fates) {
        return String.format(
                Locale.ROOT, "%,d accepted, %,d handled", fates.accepted(), fates.handled());
    }

    private boolean isOfTheLiving(MonitorRef monitor) {
        return monitor.pid().filter(node::isAlive).isPresent();
    }

    private boolean anyMonitorOf(Pid pid, Predicate<MonitorRef> wanted) {
        return node.info(pid).stream().flatMap(info -> info.monitors().stream()).anyMatch(wanted);
    }

    private Stream<Pid> linksOf(Set<Pid> pids) {
        return pids.stream().flatMap(pid -> links(pid).stream());
    }

    private Set<Pid> links(Pid pid) {
        return node.info(pid).map(ProcessInfo::links).orElse(Set.of());
    }

    /**
     * All that would end if the root ended, by links: whoever lives and is not among them is an
     * orphan.
     */
    private Set<Pid> related() {
        var found = new HashSet<Pid>(Set.of(root));
        var open = new ArrayDeque<Pid>(found);
        while (!open.isEmpty()) {
            links(open.remove()).stream().filter(found::add).forEach(open::add);
        }
        return found;
    }

    private Set<Pid> ofTree() {
        var pids = new HashSet<Pid>();
        TreeView.of(node, root).ifPresent(tree -> collect(tree, pids));
        return pids;
    }

    private static void collect(TreeView tree, Set<Pid> pids) {
        tree.live().flatMap(TreeView.Live::pid).ifPresent(pids::add);
        tree.children().forEach(child -> collect(child, pids));
    }
}
