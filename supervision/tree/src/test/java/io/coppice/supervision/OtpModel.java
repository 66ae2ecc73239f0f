package io.coppice.supervision;

import io.coppice.process.ExitReason;
import io.coppice.supervision.Stage.Init;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * OTP's supervisor, written down a second time and the way OTP has it: it blocks. Function names
 * are those of supervisor.erl. Children obey at once.
 */
final class OtpModel {

    private static final ExitReason SHUTDOWN = ExitReason.SHUTDOWN;

    /** What a function of supervisor.erl returns besides the state. */
    private enum Verdict {
        OK,
        SHUTDOWN,
        TRY_AGAIN
    }

    private static final class Record {
        final ChildSpec<?> spec;
        @Nullable String pid;
        boolean restarting;

        Record(ChildSpec<?> spec) {
            this.spec = spec;
        }

        void set(@Nullable String pid, boolean restarting) {
            this.pid = pid;
            this.restarting = restarting;
        }

        boolean isTemporary() {
            return spec.restart() == Restart.TEMPORARY;
        }
    }

    final List<String> trace = new ArrayList<>();
    boolean isOver;

    private final Supervisor tree;
    private final Function<String, Init> world;
    private final List<Record> children = new ArrayList<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Deque<Record> tryAgain = new ArrayDeque<>();
    private List<Long> restarts = List.of();
    private @Nullable Record failedChild;
    private long now;

    OtpModel(Supervisor tree, Function<String, Init> world) {
        this.tree = tree;
        this.world = world;
        tree.children().forEach(child -> children.add(new Record(child)));
    }

    // What happens to it

    void init() {
        if (startChildren(children) == null) {
            trace.add("started");
            return;
        }
        var failed = failedChild;
        terminateChildren(children);
        stop("end shutdown: failed to start " + failed.spec.id() + ": e");
    }

    void exit(String id, ExitReason reason) {
        var child = find(id);
        if (isOver || child == null || child.pid == null) {
            return;
        }
        trace.add("exit " + child.pid + " " + reason);
        after(doRestart(child, reason));
        while (!isOver && !tryAgain.isEmpty()) {
            var again = tryAgain.remove();
            if (children.contains(again) && again.restarting) {
                after(restart(again));
            }
        }
    }

    void sleep(long seconds) {
        now += seconds;
    }

    String terminateChild(String id) {
        var child = find(id);
        if (child == null) {
            return "NotFound";
        }
        doTerminate(child);
        delChild(child);
        return "ok";
    }

    String restartChild(String id) {
        var child = find(id);
        if (child == null) {
            return "NotFound";
        } else if (child.restarting) {
            return "Restarting";
        } else if (child.pid != null) {
            return "Running";
        }
        return doStartChild(child) ? "ok " + child.pid : "StartFailed";
    }

    String deleteChild(String id) {
        var child = find(id);
        if (child == null) {
            return "NotFound";
        } else if (child.restarting) {
            return "Restarting";
        } else if (child.pid != null) {
            return "Running";
        }
        children.remove(child);
        return "ok";
    }

    String startChild(ChildSpec<?> spec) {
        var old = find(spec.id());
        if (old != null) {
            return old.pid != null ? "AlreadyStarted" : "AlreadyPresent";
        }
        var child = new Record(spec);
        if (!doStartChild(child)) {
            return "StartFailed";
        }
        if (child.pid != null || !child.isTemporary()) {
            children.add(child);
        }
        return "ok " + child.pid;
    }

    String whichChildren() {
        return children.reversed().stream().map(OtpModel::show).toList().toString();
    }

    private static String show(Record child) {
        return child.spec.id() + "=" + (child.restarting ? "restarting" : shown(child.pid));
    }

    private static String shown(@Nullable String pid) {
        return pid == null ? "undefined" : pid;
    }

    // supervisor.erl

    private void after(Verdict verdict) {
        if (verdict == Verdict.SHUTDOWN) {
            terminateChildren(children);
            stop("end shutdown");
        }
    }

    private Verdict doRestart(Record child, ExitReason reason) {
        boolean isOrderly = !reason.isAbnormal();
        if (child.spec.restart() == Restart.PERMANENT) {
            return restart(child);
        } else if (isOrderly || child.isTemporary()) {
            delChild(child);
            return doAutoShutdown(child);
        }
        return restart(child);
    }

    private Verdict doAutoShutdown(Record child) {
        if (!child.spec.isSignificant()) {
            return Verdict.OK;
        }
        boolean isDue =
                switch (tree.autoShutdown()) {
                    case NEVER -> false;
                    case ANY_SIGNIFICANT -> true;
                    case ALL_SIGNIFICANT ->
                            children.stream()
                                    .noneMatch(
                                            it ->
                                                    it.spec.isSignificant()
                                                            && (it.pid != null || it.restarting));
                };
        return isDue ? Verdict.SHUTDOWN : Verdict.OK;
    }

    private Verdict restart(Record child) {
        if (!addRestart()) {
            delChild(child);
            return Verdict.SHUTDOWN;
        }
        var verdict =
                switch (tree.strategy()) {
                    case ONE_FOR_ONE -> restartOne(child);
                    case REST_FOR_ONE ->
                            restartMultipleChildren(
                                    child, children.subList(children.indexOf(child), size()));
                    case ONE_FOR_ALL -> restartMultipleChildren(child, children);
                };
        return verdict == Verdict.TRY_AGAIN ? Verdict.OK : verdict;
    }

    private Verdict restartOne(Record child) {
        if (doStartChild(child)) {
            return Verdict.OK;
        }
        child.set(null, true);
        tryAgain.add(child);
        return Verdict.TRY_AGAIN;
    }

    private Verdict restartMultipleChildren(Record child, List<Record> group) {
        child.set(null, false);
        var before = List.copyOf(group);
        terminateChildren(before);
        var failed = startChildren(before.stream().filter(children::contains).toList());
        if (failed == null) {
            return Verdict.OK;
        }
        failed.set(null, true);
        tryAgain.add(failed);
        return Verdict.TRY_AGAIN;
    }

    private @Nullable Record startChildren(List<Record> group) {
        for (var child : List.copyOf(group)) {
            if (!doStartChild(child)) {
                failedChild = child;
                return child;
            }
            if (child.pid == null && child.isTemporary()) {
                children.remove(child);
            }
        }
        return null;
    }

    private boolean doStartChild(Record child) {
        int attempt = attempts.merge(child.spec.id(), 1, Integer::sum);
        var name = child.spec.id() + "#" + attempt;
        trace.add("start " + name);
        switch (world.apply(name)) {
            case Init.Ok ok -> child.set(name, false);
            case Init.Ignore ignore -> {
                trace.add("exit " + name + " normal");
                child.set(null, false);
            }
            case Init.Fail(var reason) -> {
                trace.add("exit " + name + " " + reason);
                return false;
            }
            case Init.Hang hang -> throw new AssertionError("it would block");
        }
        return true;
    }

    private void terminateChildren(List<Record> group) {
        for (var child : List.copyOf(group).reversed()) {
            doTerminate(child);
            delChild(child);
        }
    }

    private void doTerminate(Record child) {
        if (child.pid != null) {
            trace.add("exit " + child.pid + " " + SHUTDOWN);
        }
    }

    private void delChild(Record child) {
        child.set(null, false);
        if (child.isTemporary()) {
            children.remove(child);
        }
    }

    private boolean addRestart() {
        long threshold = now - tree.period().toSeconds();
        var kept = new ArrayList<>(restarts.stream().takeWhile(it -> it >= threshold).toList());
        kept.addFirst(now);
        restarts = kept;
        return restarts.size() <= tree.intensity();
    }

    private void stop(String line) {
        trace.add(line);
        isOver = true;
    }

    private int size() {
        return children.size();
    }

    private @Nullable Record find(String id) {
        return children.stream().filter(it -> it.spec.id().equals(id)).findFirst().orElse(null);
    }
}
