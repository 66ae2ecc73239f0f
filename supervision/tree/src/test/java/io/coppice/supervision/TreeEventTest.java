package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Stage.IGNORE;
import static io.coppice.supervision.Stage.OK;
import static io.coppice.supervision.Stage.fail;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;
import static io.coppice.supervision.Trees.BOOM;
import static io.coppice.supervision.Trees.MINUTE;
import static io.coppice.supervision.Trees.child;
import static io.coppice.supervision.Trees.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.supervision.Journal.Order;
import io.coppice.supervision.TreeEvent.Cause;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a supervisor tells of itself and its children. */
class TreeEventTest {

    /** An event in a line, with its cause. */
    private static String line(TreeEvent event) {
        return switch (event) {
            case TreeEvent.ChildStarted it -> of(it) + " runs, " + cause(it.cause());
            case TreeEvent.ChildNotStarted it ->
                    of(it)
                            + " does not run: "
                            + it.failure().reason()
                            + (it.isTriedAgain() ? ", tried again, " : ", ")
                            + cause(it.cause());
            case TreeEvent.ChildExited it ->
                    of(it) + " ended: " + it.reason() + (it.isToRestart() ? ", restart" : "");
            case TreeEvent.RestartDelayed it -> of(it) + " waits " + it.atMost();
            case TreeEvent.ChildOverdue it -> of(it) + " is late: " + it.shutdown();
            case TreeEvent.ChildStopped it ->
                    of(it) + " stopped: " + it.reason() + ", " + cause(it.cause());
            case TreeEvent.SupervisorStarted it -> it.path() + " runs";
            case TreeEvent.GivingUp it -> it.path() + " gives up on " + it.why().child();
            case TreeEvent.SupervisorEnded it -> it.path() + " ends";
        };
    }

    private static String of(TreeEvent.OfChild event) {
        return event.path() + "#" + event.incarnation();
    }

    private static String cause(Cause cause) {
        return switch (cause) {
            case Cause.SupervisorStarts() -> "at start";
            case Cause.Requested() -> "on request";
            case Cause.Failure(var child, var reason) -> "for " + child + ": " + reason;
            case Cause.SupervisorEnds(var reason) -> "at end: " + reason;
        };
    }

    @Nested
    class OnPaper {

        private static List<String> lines(Stage stage) {
            return stage.events.stream().map(TreeEventTest::line).toList();
        }

        @Test
        void the_life_of_a_supervisor_is_told_from_start_to_end() {
            var stage = Stage.of(tree(ONE_FOR_ALL, child("a"), child("b"))).boot();

            stage.crashes("b").parentSays(ExitReason.SHUTDOWN);

            assertThat(lines(stage))
                    .containsExactly(
                            "top/a#1 runs, at start",
                            "top/b#1 runs, at start",
                            "top runs",
                            "top/b#1 ended: boom, restart",
                            "top/a#1 stopped: shutdown, for b: boom",
                            "top/a#2 runs, for b: boom",
                            "top/b#2 runs, for b: boom",
                            "top/b#2 stopped: shutdown, at end: shutdown",
                            "top/a#2 stopped: shutdown, at end: shutdown",
                            "top ends");
        }

        @Test
        void a_start_that_fails_is_told_with_what_becomes_of_those_before() {
            var stage = Stage.of(tree(ONE_FOR_ONE, child("a"), child("b"), child("c")));

            stage.plan("a", IGNORE).plan("c", fail("e")).boot();

            assertThat(lines(stage))
                    .containsExactly(
                            "top/a#1 does not run: normal, at start",
                            "top/b#1 runs, at start",
                            "top/c#1 does not run: e, at start",
                            "top/b#1 stopped: shutdown, at end: shutdown: failed to start c: e",
                            "top ends");
        }

        @Test
        void each_try_of_a_restart_is_an_incarnation_of_its_own() {
            var stage = Trees.started(ONE_FOR_ONE, "a").plan("a", fail("e"), OK).crashes("a");

            assertThat(lines(stage))
                    .endsWith(
                            "top/a#1 ended: boom, restart",
                            "top/a#2 does not run: e, tried again, for a: boom",
                            "top/a#3 runs, for a: e");
        }

        @Test
        void what_is_done_on_request_says_so() {
            var stage = Trees.started(ONE_FOR_ONE, "a");
            stage.terminate("a");
            stage.restart("a");
            stage.plan("b", fail("e")).startChild(child("b"));

            assertThat(lines(stage))
                    .endsWith(
                            "top/a#1 stopped: shutdown, on request",
                            "top/a#2 runs, on request",
                            "top/b#1 does not run: e, on request");
        }

        @Test
        void a_child_that_has_to_be_killed_is_told_twice() {
            var patience = ShutdownMode.within(ofSeconds(2));
            var stage =
                    Trees.started(tree(ONE_FOR_ONE, child("a").shutdown(patience))).stubborn("a");
            stage.terminate("a");

            stage.timeIsOver();

            assertThat(lines(stage))
                    .endsWith(
                            "top/a#1 is late: within PT2S", "top/a#1 stopped: killed, on request");
        }

        @Test
        void a_child_that_ended_before_it_was_asked_to_is_told_with_its_own_reason() {
            var stage = Trees.started(ONE_FOR_ALL, "a", "b", "c").stubborn("b").crashes("c");

            stage.tell(new Inner.Exit(new Exited(stage.self(), ExitReason.custom("a stranger's"))));
            stage.crashes("a").ends("b", ExitReason.SHUTDOWN);

            assertThat(lines(stage))
                    .contains(
                            "top/b#1 stopped: shutdown, for c: boom",
                            "top/a#1 stopped: boom, for c: boom");
        }

        @Test
        void giving_up_comes_between_the_last_failure_and_the_end() {
            var stage =
                    Trees.started(
                            supervisor("top", ONE_FOR_ONE)
                                    .restarts(0, MINUTE)
                                    .children(child("a"), child("b")));

            stage.ends("a", BOOM);

            assertThat(lines(stage).subList(3, 7))
                    .containsExactly(
                            "top/a#1 ended: boom, restart",
                            "top gives up on a",
                            "top/b#1 stopped: shutdown, at end: " + stage.reason(),
                            "top ends");
        }

        @Test
        void the_children_of_a_dynamic_supervisor_are_told_apart_by_pid() {
            var stage = Stage.of(DYNAMIC).boot();
            stage.startAnother(child("x"));
            stage.startAnother(child("x"));

            stage.parentSays(BOOM);

            assertThat(lines(stage))
                    .containsExactly(
                            "sub runs",
                            "sub/x#1 runs, on request",
                            "sub/x#1 runs, on request",
                            "sub/x#1 stopped: shutdown, at end: boom",
                            "sub/x#1 stopped: shutdown, at end: boom",
                            "sub ends");
            assertThat(stage.events(TreeEvent.ChildStopped.class))
                    .extracting(TreeEvent.ChildStopped::pid)
                    .doesNotHaveDuplicates();
        }
    }

    private static final DynamicSupervisor<String, Object> DYNAMIC =
            dynamicSupervisor("sub", each("x", (context, argument) -> message -> {}));

    @Nested
    class Listeners extends OnANode {

        private final List<String> heard = new CopyOnWriteArrayList<>();

        private void awaitHeard(String... lines) {
            await().untilAsserted(() -> assertThat(heard).containsExactly(lines));
        }

        @Test
        void hear_all_supervisors_below_wrapped_and_dynamic_ones_too() {
            var tree =
                    supervisor("top", ONE_FOR_ONE)
                            .listener(event -> heard.add(line(event)))
                            .children(
                                    supervisor("plain", ONE_FOR_ONE).children(journal.child("a")),
                                    worker("wrapped", DYNAMIC::create));

            start(tree);

            awaitHeard(
                    "top/plain/a#1 runs, at start",
                    "top/plain runs",
                    "top/plain#1 runs, at start",
                    "top/wrapped runs",
                    "top/wrapped#1 runs, at start",
                    "top runs");
        }

        @Test
        void of_a_part_hear_that_part_and_those_of_the_whole_hear_it_first() {
            var tree =
                    supervisor("top", ONE_FOR_ONE)
                            .listener(event -> heard.add("1 " + line(event)))
                            .children(
                                    supervisor("sub", ONE_FOR_ONE)
                                            .listener(event -> heard.add("2 " + line(event))));

            start(tree);

            awaitHeard(
                    "1 top/sub runs", "2 top/sub runs", "1 top/sub#1 runs, at start", "1 top runs");
        }

        @Test
        void that_throw_harm_neither_the_supervisor_nor_those_after_them() {
            var tree =
                    supervisor("top", ONE_FOR_ONE)
                            .listener(
                                    event -> {
                                        throw new AssertionError("listener");
                                    })
                            .listener(event -> heard.add(line(event)))
                            .children(journal.child("a"));

            start(tree);
            order("a", new Order.End(BOOM));

            awaitHeard(
                    "top/a#1 runs, at start",
                    "top runs",
                    "top/a#1 ended: boom, restart",
                    "top/a#2 runs, for a: boom");
        }

        @Test
        void may_be_an_actor() {
            var actor =
                    node.<TreeEvent>spawn(
                            context -> event -> heard.add(line(event)), SpawnOptions.defaults());

            start(
                    supervisor("top", ONE_FOR_ONE)
                            .listener(actor::send)
                            .children(journal.child("a")));

            awaitHeard("top/a#1 runs, at start", "top runs");
        }
    }
}
