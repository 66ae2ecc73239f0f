package io.coppice.supervision;

import static io.coppice.actor.MailboxBound.bounded;
import static io.coppice.actor.MailboxBound.unbounded;
import static io.coppice.supervision.Backoff.exponential;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Restart.TEMPORARY;
import static io.coppice.supervision.Restart.TRANSIENT;
import static io.coppice.supervision.ShutdownMode.draining;
import static io.coppice.supervision.ShutdownMode.immediately;
import static io.coppice.supervision.ShutdownMode.patiently;
import static io.coppice.supervision.ShutdownMode.within;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;
import static io.coppice.supervision.Trees.UNUSED;
import static io.coppice.supervision.Trees.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.Name;
import io.coppice.actor.Overflow;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** Trees that do not run, as they are shown. */
class TreeViewTest {

    private static final DynamicSupervisor<String, Object> SESSIONS =
            dynamicSupervisor(
                    "sessions",
                    ChildTemplate.<String, Object>each("session", (context, user) -> message -> {})
                            .restart(TEMPORARY));

    @Test
    void a_tree_is_printed_as_a_tree_with_what_is_not_so_by_default() {
        assertThat(ShopTest.SHOP.print())
                .isEqualTo(
                        """
                        shop             ONE_FOR_ONE, at most 3 restarts in 5 s, ends when ledger fails 4 times in a row, in 4 ms
                        ├── ledger       name ledger
                        ├── orders       REST_FOR_ONE, at most 1 restart in 5 s
                        │   ├── inbox
                        │   └── router   2 s to stop
                        └── audit        TRANSIENT\
                        """);
    }

    @Test
    void each_option_that_is_not_the_default_is_told() {
        var tree =
                supervisor("top", ONE_FOR_ALL)
                        .restarts(0, ofSeconds(1))
                        .autoShutdown(AutoShutdown.ANY_SIGNIFICANT)
                        .children(
                                child("a")
                                        .restart(TRANSIENT)
                                        .significant()
                                        .shutdown(immediately())
                                        .name(Name.of("ann"))
                                        .uses(Name.of("bob"), Name.of("cyd")),
                                child("d")
                                        .shutdown(draining(ofSeconds(3)))
                                        .name(Name.of("dan"))
                                        .holding(9)
                                        .mailbox(bounded(7, Overflow.BLOCK)),
                                child("e").mailbox(unbounded(1_000)),
                                child("b")
                                        .shutdown(patiently())
                                        .backoff(exponential(ofMillis(100), ofSeconds(30))),
                                Child.child("c", UNUSED).supervisorType(),
                                SESSIONS.maxChildren(8).shutdown(within(ofMillis(1_500))));

        assertThat(tree.print())
                .isEqualTo(
                        """
                        top               ONE_FOR_ALL, no restart, auto-shutdown ANY_SIGNIFICANT, ends when a fails once, in 1 ms
                        ├── a             TRANSIENT, significant, stopped by a kill, name ann, uses bob, uses cyd
                        ├── d             3 s to finish and stop, name dan, holding 9, mailbox 7, then BLOCK
                        ├── e             mailbox warns at 1,000
                        ├── b             any time to stop, back-off 100 ms to 30 s
                        ├── c             supervisor
                        └── sessions      dynamic, at most 8 children, at most 1 restart in 5 s, 1500 ms to stop
                            └── session   TEMPORARY\
                        """);
    }

    @Test
    void a_root_is_shown_with_the_child_that_brings_it_down_the_soonest() {
        var backoff = exponential(ofMillis(100), ofMillis(100)).jitter(0);
        var deep = supervisor("deep", ONE_FOR_ONE).restarts(2, ofSeconds(5)).children(child("c"));
        var slow = child("b").backoff(backoff);

        assertThat(remarksOf(deep, slow))
                .last()
                .isEqualTo("ends when b fails twice in a row, in 102 ms");
        assertThat(remarksOf(deep)).last().isEqualTo("ends when c fails 6 times in a row, in 6 ms");
        assertThat(remarksOf(child("x").restart(TEMPORARY))).hasSize(2);
        assertThat(remarksOf(SESSIONS)).hasSize(2);
        assertThat(remarksOf()).hasSize(2);
    }

    private static List<String> remarksOf(ChildSpec<?>... children) {
        return TreeView.of(supervisor("top", ONE_FOR_ONE).children(children)).remarks();
    }

    @Test
    void for_mermaid_a_tree_is_a_flowchart_of_boxes_and_rounded_boxes() {
        assertThat(ShopTest.SHOP.print(TreeFormat.MERMAID))
                .isEqualTo(
                        """
                        flowchart TD
                            n0["shop<br/>ONE_FOR_ONE, at most 3 restarts in 5 s, ends when ledger fails 4 times in a row, in 4 ms"]
                            n0 --> n1("ledger<br/>name ledger")
                            n0 --> n2["orders<br/>REST_FOR_ONE, at most 1 restart in 5 s"]
                            n2 --> n3("inbox")
                            n2 --> n4("router<br/>2 s to stop")
                            n0 --> n5("audit<br/>TRANSIENT")\
                        """);
    }

    @Test
    void an_id_cannot_break_the_drawing() {
        var tree =
                supervisor("top", ONE_FOR_ONE)
                        .children(child("a\"]\n<b>#`;end"), child("1. x\u2028y"));

        assertThat(tree.print(TreeFormat.MERMAID).lines())
                .endsWith(
                        "    n0 --> n1(\"a#34;#93;#10;#60;b#62;#35;#96;#59;end\")",
                        "    n0 --> n2(\"1#46; x#8232;y\")");
        assertThat(tree.print().lines()).endsWith("├── a\"] <b>#`;end", "└── 1. x y");
    }

    @Test
    void a_view_has_the_tree_as_values() {
        var view = TreeView.of(ShopTest.SHOP);

        assertThat(view.children())
                .extracting(TreeView::id)
                .containsExactly("ledger", "orders", "audit");
        assertThat(view.children().get(1).type()).isEqualTo(ChildType.SUPERVISOR);
        assertThat(view.live()).isEmpty();
    }

    @Test
    void a_view_does_not_count_below_zero() {
        assertThatThrownBy(
                        () ->
                                new TreeView(
                                        "a",
                                        ChildType.WORKER,
                                        List.of(),
                                        Optional.empty(),
                                        List.of(),
                                        -1))
                .hasMessage("more: -1, must be zero or more");
    }
}
