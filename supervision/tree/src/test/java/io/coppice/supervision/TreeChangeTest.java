package io.coppice.supervision;

import static io.coppice.supervision.TreeView.State.RESTARTING;
import static io.coppice.supervision.TreeView.State.RUNNING;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.process.Pid;
import io.coppice.supervision.TreeView.Live;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class TreeChangeTest {

    private static final class Process extends Pid {
        Process(long number) {
            super(number, "");
        }
    }

    private static final Pid TOP = new Process(1);
    private static final Pid OLD = new Process(2);
    private static final Pid NEW = new Process(3);

    private static TreeView top(TreeView... children) {
        return view("top", Optional.of(TOP), children);
    }

    private static TreeView view(String id, Optional<Pid> process, TreeView... children) {
        var live = new Live(process, process.isPresent() ? RUNNING : RESTARTING, 0);
        return new TreeView(
                id, ChildType.WORKER, List.of(), Optional.of(live), List.of(children), 0);
    }

    @Test
    void every_child_has_one_fate() {
        var before =
                top(
                        view("same", Optional.of(OLD)),
                        view("killed", Optional.of(OLD)),
                        view("given up", Optional.of(OLD)),
                        view("late", Optional.empty()),
                        view("never", Optional.empty()),
                        view("deleted", Optional.of(OLD)));
        var after =
                top(
                        view("same", Optional.of(OLD)),
                        view("killed", Optional.of(NEW)),
                        view("given up", Optional.empty()),
                        view("late", Optional.of(NEW)),
                        view("never", Optional.empty()),
                        view("added", Optional.of(NEW)));
        assertThat(TreeChange.between(before, after))
                .isEqualTo(
                        new TreeChange(
                                List.of("top", "top/same", "top/never"),
                                List.of("top/killed"),
                                List.of("top/given up", "top/deleted"),
                                List.of("top/late", "top/added")));
    }

    @Test
    void a_child_is_told_by_its_path() {
        var before = top(view("a", Optional.of(OLD), view("same id", Optional.of(OLD))));
        var after = top(view("a", Optional.of(OLD), view("same id", Optional.of(NEW))));
        assertThat(TreeChange.between(before, after).restarted()).containsExactly("top/a/same id");
    }
}
