package io.coppice.supervision;

import io.coppice.process.Pid;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the children of a tree from one look at it to another, for tests and for people:
 * after the inbox was killed, it and the router have other processes, the audit has not.
 *
 * <p>Children are told by their paths, as in {@code shop/orders/inbox}, in start order. Those that
 * a view leaves out because there are too many are left out here.
 *
 * @param untouched they have the process that they had, or still none
 * @param restarted they have another process than they had
 * @param gone they had a process, and have none
 * @param added they had no process, and have one
 */
public record TreeChange(
        List<String> untouched, List<String> restarted, List<String> gone, List<String> added) {

    private enum Fate {
        UNTOUCHED,
        RESTARTED,
        GONE,
        ADDED
    }

    public TreeChange {
        untouched = List.copyOf(untouched);
        restarted = List.copyOf(restarted);
        gone = List.copyOf(gone);
        added = List.copyOf(added);
    }

    /** What became of {@code before} by the time of {@code after}; the root itself included. */
    public static TreeChange between(TreeView before, TreeView after) {
        var had = processes(before);
        var has = processes(after);
        var paths = new LinkedHashSet<>(had.keySet());
        paths.addAll(has.keySet());
        var fates = new LinkedHashMap<String, Fate>();
        for (var path : paths) {
            fates.put(
                    path,
                    fate(
                            had.getOrDefault(path, Optional.empty()),
                            has.getOrDefault(path, Optional.empty())));
        }
        return new TreeChange(
                of(Fate.UNTOUCHED, fates),
                of(Fate.RESTARTED, fates),
                of(Fate.GONE, fates),
                of(Fate.ADDED, fates));
    }

    private static Fate fate(Optional<Pid> before, Optional<Pid> after) {
        if (before.equals(after)) {
            return Fate.UNTOUCHED;
        }
        if (after.isEmpty()) {
            return Fate.GONE;
        }
        return before.isEmpty() ? Fate.ADDED : Fate.RESTARTED;
    }

    private static List<String> of(Fate wanted, Map<String, Fate> fates) {
        return fates.entrySet().stream()
                .filter(entry -> entry.getValue() == wanted)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, Optional<Pid>> processes(TreeView tree) {
        var processes = new LinkedHashMap<String, Optional<Pid>>();
        collect(tree, tree.id(), processes);
        return processes;
    }

    private static void collect(TreeView part, String path, Map<String, Optional<Pid>> processes) {
        processes.put(path, part.live().flatMap(TreeView.Live::pid));
        part.children().forEach(child -> collect(child, path + "/" + child.id(), processes));
    }
}
