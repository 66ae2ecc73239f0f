package io.coppice.supervision;

import static io.coppice.supervision.Backoff.exponential;
import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Restart.TEMPORARY;
import static io.coppice.supervision.Restart.TRANSIENT;
import static io.coppice.supervision.ShutdownMode.draining;
import static io.coppice.supervision.ShutdownMode.immediately;
import static io.coppice.supervision.ShutdownMode.patiently;
import static io.coppice.supervision.ShutdownMode.within;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;
import static io.coppice.supervision.Trees.UNUSED;
import static io.coppice.supervision.Trees.child;

import static org.assertj.core.api.Assertions.assertThat;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.Name;
import io.coppice.supervision.Warning.Kind;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a tree is warned of, and what not. */
class TreeCheckTest {

    private static final Name<Object> INBOX = Name.of("inbox");
    private static final Child<Object> A = child("a");
    private static final Child<Object> B = child("b");
    private static final Child<Object> WRAPPED = Child.child("wrapped", UNUSED).supervisorType();

    private static Supervisor shop(ChildSpec<?>... children) {
        return supervisor("shop", ONE_FOR_ONE).restarts(3, ofSeconds(5)).children(children);
    }

    private static Supervisor orders(Strategy strategy, ChildSpec<?>... children) {
        return supervisor("orders", strategy).children(children);
    }

    private static Supervisor orders(ChildSpec<?>... children) {
        return orders(ONE_FOR_ONE, children);
    }

    private static ChildTemplate<String, Object> session() {
        return each("session", (context, user) -> message -> {});
    }

    /** A tree that has one flaw. */
    record Example(Kind kind, Supervisor tree, String message) {}

    static final List<Example> EXAMPLES =
            List.of(
                    new Example(
                            Kind.SHUTDOWN_TOO_SHORT,
                            shop(orders(A, B).shutdown(within(ofSeconds(5)))),
                            "shop/orders: is killed after 5 s, while its children may take 10 s to"
                                    + " stop; shut it down patiently(), or within more than 10 s"),
                    new Example(
                            Kind.INIT_DEADLINE_TOO_SHORT,
                            shop(orders(A).initDeadline(ofSeconds(10))),
                            "shop/orders: is killed if it has not started within 10 s, while the"
                                    + " init of one child may take 30 s; give the children shorter"
                                    + " deadlines, or it a longer one"),
                    new Example(
                            Kind.USED_BEFORE_STARTED,
                            shop(
                                    orders(
                                            REST_FOR_ONE,
                                            child("router").uses(INBOX),
                                            child("inbox").name(INBOX))),
                            "shop/orders/router: uses the name \"inbox\", but is started before"
                                    + " inbox, and not restarted with it; put inbox before it"),
                    new Example(
                            Kind.UNKNOWN_NAME,
                            shop(orders(child("router").uses(INBOX))),
                            "shop/orders/router: uses the name \"inbox\", which no child of shop"
                                    + " has: what is sent to it is lost; give the name to the child"
                                    + " it is meant for"),
                    new Example(
                            Kind.NEVER_GIVES_UP,
                            shop(
                                    orders(A.backoff(exponential(ofMillis(100), ofSeconds(30))))
                                            .restarts(10, ofMinutes(1))),
                            "shop/orders: if shop/orders/a always fails, it is restarted for ever:"
                                    + " there are never more than 10 restarts in 60 s; allow fewer,"
                                    + " or count them for longer, if somebody is to be told"),
                    new Example(
                            Kind.ROOT_FALLS_SOON,
                            supervisor("shop", ONE_FOR_ONE).children(A, B),
                            "shop: ends, and all with it, when shop/a has failed twice in a row,"
                                    + " which takes no more than 2 ms; allow more restarts, or give"
                                    + " it a back-off"),
                    new Example(
                            Kind.BACKOFF_CUT_SHORT,
                            shop(A.backoff(exponential(ofMillis(100), ofSeconds(30))))
                                    .restarts(3, ofSeconds(5)),
                            "shop/a: has a back-off up to 30 s, but shop gives up after 3 restarts,"
                                    + " when it has waited 400 ms; let shop make more restarts, or"
                                    + " lower the cap"),
                    new Example(
                            Kind.BACKOFF_UNUSED,
                            shop(
                                    A,
                                    B.restart(TEMPORARY)
                                            .backoff(exponential(ofMillis(1), ofMillis(2)))),
                            "shop/b: has a back-off, but is never restarted, being TEMPORARY; leave"
                                    + " the back-off out, or let it be restarted"),
                    new Example(
                            Kind.FEW_RESTARTS_FOR_MANY,
                            shop(dynamicSupervisor("sessions", session())),
                            "shop/sessions: allows at most 1 restart in 5 s for all its children"
                                    + " together: when that is spent all of them are stopped; allow"
                                    + " more, or make the children TEMPORARY"),
                    new Example(
                            Kind.RESTARTED_AFTER_AUTO_SHUTDOWN,
                            shop(
                                    orders(A)
                                            .autoShutdown(AutoShutdown.ANY_SIGNIFICANT)
                                            .children(A.restart(TRANSIENT).significant())),
                            "shop/orders: shuts itself down (ANY_SIGNIFICANT), and is restarted at"
                                    + " once, being PERMANENT; make it TRANSIENT"),
                    new Example(
                            Kind.AUTO_SHUTDOWN_UNUSED,
                            shop(
                                    orders(A)
                                            .restart(TRANSIENT)
                                            .autoShutdown(AutoShutdown.ALL_SIGNIFICANT)),
                            "shop/orders: never shuts itself down (ALL_SIGNIFICANT), for no child"
                                    + " is significant; make those significant() that it is to end"
                                    + " with"),
                    new Example(
                            Kind.GIVES_UP_SILENTLY,
                            shop(orders(A).restart(TRANSIENT)),
                            "shop/orders: is not restarted when it has given up, being TRANSIENT:"
                                    + " its children are gone, and nobody is told; make it"
                                    + " PERMANENT, or significant()"),
                    new Example(
                            Kind.TEMPORARY_FORGOTTEN,
                            shop(orders(ONE_FOR_ALL, A.restart(TEMPORARY), B)),
                            "shop/orders/a: is stopped when a sibling is restarted (ONE_FOR_ALL),"
                                    + " and does not come back, being TEMPORARY; make it TRANSIENT,"
                                    + " or put it under another supervisor"),
                    new Example(
                            Kind.NO_SIBLINGS,
                            shop(orders(REST_FOR_ONE, A)),
                            "shop/orders: is REST_FOR_ONE with the one child a: there is nobody to"
                                    + " be restarted with it; say ONE_FOR_ONE, or put in what is"
                                    + " missing"),
                    new Example(
                            Kind.NO_CHILDREN,
                            shop(A, orders()),
                            "shop/orders: has no children, and no name under which it could be"
                                    + " asked to start some; give it some, or leave it out"),
                    new Example(
                            Kind.NO_TIME_TO_STOP,
                            shop(A.shutdown(within(ZERO))),
                            "shop/a: is killed as soon as it is asked to stop, within 0 s; give it"
                                    + " time, or say immediately()"),
                    new Example(
                            Kind.NO_TIME_TO_STOP,
                            shop(A.shutdown(draining(ZERO))),
                            "shop/a: is killed as soon as it is asked to stop, draining 0 s; give"
                                    + " it time, or say immediately()"));

    @TestFactory
    Stream<DynamicTest> each_flaw_is_told_and_nothing_else() {
        return EXAMPLES.stream()
                .map(
                        it ->
                                DynamicTest.dynamicTest(
                                        it.kind().name(),
                                        () -> {
                                            assertThat(it.tree().check())
                                                    .extracting(Finding::message)
                                                    .containsExactly(it.message());
                                            assertThat(kinds(it.tree())).containsExactly(it.kind());
                                        }));
    }

    @Test
    void there_is_an_example_of_each_kind_of_warning() {
        assertThat(EXAMPLES.stream().map(Example::kind).distinct()).containsExactly(Kind.values());
    }

    @Test
    void the_page_about_them_names_each_kind_once() throws IOException {
        var page = Files.readString(Path.of("../../framework/docs/tree-check.md"));

        assertThat(
                        Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE)
                                .matcher(page)
                                .results())
                .extracting((MatchResult row) -> row.group(1))
                .containsExactly(
                        Arrays.stream(Kind.values()).map(Kind::name).toArray(String[]::new));
    }

    private static List<Kind> kinds(ConfiguredSupervisor<?, ?> tree) {
        return tree.check().stream().map(it -> ((Warning) it).kind()).toList();
    }

    @Nested
    class NothingIsSaidOf {

        @Test
        void the_tree_of_the_readme() {
            assertThat(ShopTest.SHOP.check()).isEmpty();
        }

        @Test
        void a_tree_without_any_option() {
            assertThat(shop(A, orders(REST_FOR_ONE, B, child("c"))).check()).isEmpty();
        }

        @Test
        void supervisors_that_can_be_asked_to_start_children() {
            var desk = orders(ONE_FOR_ALL).name(Name.of("desk"));

            assertThat(supervisor("shop", ONE_FOR_ALL).check()).isEmpty();
            assertThat(shop(desk).check()).isEmpty();
            assertThat(shop(desk.children(A)).check()).isEmpty();
        }

        @Test
        void many_children_with_a_budget_that_was_thought_of() {
            assertThat(dynamicSupervisor("s", session()).restarts(2, ofSeconds(5)).check())
                    .isEmpty();
        }

        @Test
        void many_children_that_are_not_restarted() {
            assertThat(dynamicSupervisor("s", session().restart(TEMPORARY)).check()).isEmpty();
        }

        @Test
        void a_supervisor_whose_shutdown_time_is_that_of_its_children() {
            var tree = shop(orders(A, B).shutdown(within(ofSeconds(10))));

            assertThat(tree.check()).isEmpty();
        }

        @Test
        void a_supervisor_with_a_deadline_longer_than_that_of_each_child() {
            var tree = shop(orders(A, B).initDeadline(ofSeconds(31)));

            assertThat(tree.check()).isEmpty();
        }

        @Test
        void a_back_off_that_reaches_its_cap_before_the_budget_is_spent() {
            var tree =
                    supervisor("root", ONE_FOR_ONE)
                            .restarts(1, ofMinutes(5))
                            .children(
                                    orders(A.backoff(exponential(ofMillis(100), ofSeconds(1))))
                                            .restarts(10, ofMinutes(1)));

            assertThat(tree.check()).isEmpty();
        }

        @Test
        void a_transient_supervisor_that_is_to_end_with_its_children() {
            var tree =
                    shop(
                            supervisor("order", ONE_FOR_ONE)
                                    .restart(TRANSIENT)
                                    .autoShutdown(AutoShutdown.ANY_SIGNIFICANT)
                                    .children(A.restart(TRANSIENT).significant()));

            assertThat(tree.check()).isEmpty();
        }

        @Test
        void a_temporary_child_that_is_started_before_all_who_are_restarted() {
            assertThat(shop(orders(REST_FOR_ONE, A.restart(TEMPORARY), B)).check()).isEmpty();
        }

        @Test
        void temporary_children_among_themselves() {
            var tree = shop(orders(ONE_FOR_ALL, A.restart(TEMPORARY), B.restart(TEMPORARY)));

            assertThat(tree.check()).isEmpty();
        }

        @Test
        void an_auto_shutdown_with_children_that_are_still_to_come() {
            var desk = orders().name(Name.of("desk")).restart(TRANSIENT);

            assertThat(shop(desk.autoShutdown(AutoShutdown.ANY_SIGNIFICANT)).check()).isEmpty();
        }

        @Test
        void what_is_wrapped_and_may_be_quick_or_slow() {
            var orders = orders(WRAPPED, B).shutdown(within(ofSeconds(5)));

            assertThat(shop(orders.initDeadline(ofSeconds(31))).check()).isEmpty();
        }

        @Test
        void children_that_are_not_started_with_their_supervisor() {
            var sessions = dynamicSupervisor("sessions", session().restart(TEMPORARY));

            assertThat(shop(orders(sessions).initDeadline(ofSeconds(1))).check()).isEmpty();
        }

        @Test
        void names_that_may_be_in_what_is_wrapped() {
            assertThat(shop(A.uses(INBOX), WRAPPED).check()).isEmpty();
        }

        @Test
        void names_of_siblings_that_are_restarted_alone() {
            assertThat(shop(A.uses(INBOX), B.name(INBOX)).check()).isEmpty();
        }

        @Test
        void names_of_those_started_before() {
            assertThat(shop(orders(REST_FOR_ONE, A.name(INBOX), B.uses(INBOX))).check()).isEmpty();
        }
    }

    @Nested
    class Shutdown {

        private String warning(Supervisor orders) {
            return shop(orders).check().getFirst().message();
        }

        @Test
        void of_a_patient_child_may_take_for_ever() {
            assertThat(warning(orders(A.shutdown(patiently())).shutdown(within(ofMinutes(1)))))
                    .contains("killed after 60 s, while its children may take for ever")
                    .endsWith("; shut it down patiently()");
        }

        @Test
        void of_a_grandchild_counts_through_a_patient_supervisor() {
            var depot = supervisor("depot", ONE_FOR_ONE).children(A.shutdown(within(ofSeconds(7))));

            assertThat(warning(orders(depot, B).shutdown(within(ofSeconds(11)))))
                    .contains("after 11 s, while its children may take 12 s");
        }

        @Test
        void of_a_supervisor_takes_no_longer_than_its_children() {
            var depot =
                    supervisor("depot", ONE_FOR_ONE)
                            .shutdown(within(ofMinutes(1)))
                            .children(A.shutdown(within(ofSeconds(1))));

            assertThat(shop(orders(depot, B).shutdown(within(ofSeconds(6)))).check()).isEmpty();
        }

        @Test
        void of_dynamic_children_takes_the_time_of_one() {
            var sessions = dynamicSupervisor("sessions", session().restart(TEMPORARY));

            assertThat(shop(sessions.shutdown(within(ofSeconds(5)))).check()).isEmpty();
            assertThat(kinds(shop(sessions.shutdown(within(ofSeconds(4))))))
                    .containsExactly(Kind.SHUTDOWN_TOO_SHORT);
        }

        @Test
        void by_a_kill_is_too_short_unless_the_children_are_killed_as_well() {
            assertThat(kinds(shop(orders(A).shutdown(immediately()))))
                    .containsExactly(Kind.SHUTDOWN_TOO_SHORT);
            assertThat(shop(orders(A.shutdown(immediately())).shutdown(immediately())).check())
                    .isEmpty();
        }

        @Test
        void of_a_root_is_for_whoever_stops_it() {
            assertThat(shop(A).shutdown(immediately()).check()).isEmpty();
        }
    }

    @Nested
    class Init {

        @Test
        void of_a_child_without_a_deadline_may_take_for_ever() {
            var tree = shop(orders(A.withoutInitDeadline()).initDeadline(ofMinutes(5)));

            assertThat(tree.check().getFirst().message()).contains("may take for ever");
        }

        @Test
        void of_a_grandchild_counts_through_a_supervisor_without_a_deadline() {
            var depot = supervisor("depot", ONE_FOR_ONE).children(A);

            assertThat(kinds(shop(orders(depot).initDeadline(ofSeconds(30)))))
                    .containsExactly(Kind.INIT_DEADLINE_TOO_SHORT);
        }
    }

    @Nested
    class Budget {

        private static final Duration SECOND = ofSeconds(1);

        @Test
        void of_a_thousand_restarts_a_second_is_never_spent_and_half_of_it_is() {
            assertThat(kinds(shop(A).restarts(10_000, ofSeconds(5))))
                    .containsExactly(Kind.NEVER_GIVES_UP);
            assertThat(shop(A).restarts(2_500, ofSeconds(5)).check()).isEmpty();
        }

        @Test
        void is_never_spent_by_a_supervisor_that_takes_too_long_to_give_up() {
            var tree =
                    shop(
                            orders(A.backoff(exponential(ofMillis(100), SECOND)))
                                    .restarts(10, ofMinutes(1)));

            assertThat(tree.check())
                    .extracting(Finding::at)
                    .as("orders gives up every 7 s, and shop when it has twice in 5 s")
                    .containsExactly("shop");
        }

        @Test
        void is_not_spent_by_what_is_not_restarted() {
            assertThat(shop(A.restart(TEMPORARY)).restarts(1_000_000, SECOND).check()).isEmpty();
        }

        @Test
        void is_told_once_for_all_the_children() {
            assertThat(shop(A, B).restarts(1_000_000, SECOND).check()).hasSize(1);
        }

        @Test
        void counts_the_first_delay_alone_if_a_back_off_starts_anew_each_time() {
            // orders lives for 6 s, and waits for four fifths of the first delay; five times.
            assertThat(kinds(resetting(ofSeconds(5)))).isEmpty();
            assertThat(kinds(resetting(ofSeconds(10)))).containsExactly(Kind.NEVER_GIVES_UP);
        }

        private Supervisor resetting(Duration first) {
            var orders =
                    orders(A.backoff(exponential(ofMillis(100), SECOND)))
                            .restarts(10, ofMinutes(1))
                            .backoff(exponential(first, ofMinutes(5)).resetAfter(ofSeconds(5)));
            return shop(orders).restarts(5, ofMinutes(1));
        }

        @Test
        void counts_a_restart_until_a_second_after_its_period() {
            var everySecond = exponential(SECOND, SECOND).jitter(0);
            var tree = shop(A.backoff(everySecond));

            // Six restarts take five seconds, and six lives of a millisecond.
            assertThat(kinds(tree.restarts(5, ofSeconds(5)))).isEmpty();
            assertThat(kinds(tree.restarts(5, ofSeconds(4)))).containsExactly(Kind.NEVER_GIVES_UP);
        }

        @Test
        void counts_delays_that_double() {
            var tree = shop(A.backoff(exponential(SECOND, ofSeconds(100)).jitter(0)));

            // The first four restarts are 2 s, 4 s and 8 s apart.
            assertThat(kinds(tree.restarts(3, ofSeconds(14))))
                    .containsExactly(Kind.BACKOFF_CUT_SHORT);
            assertThat(kinds(tree.restarts(3, ofSeconds(13)))).containsExactly(Kind.NEVER_GIVES_UP);
        }

        @Test
        void counts_delays_as_short_as_they_can_be() {
            var hour = exponential(ofMinutes(60), ofMinutes(60));

            assertThat(kinds(shop(A.backoff(hour)))).containsExactly(Kind.NEVER_GIVES_UP);
            assertThat(kinds(shop(A.backoff(hour.jitter(1))))).isEmpty();
        }

        @Test
        void of_two_levels_without_any_back_off_is_spent_if_the_product_is_small() {
            // orders lives for ten lives of a millisecond.
            var orders = orders(A).restarts(9, ofSeconds(5));

            assertThat(kinds(shop(orders).restarts(190, SECOND))).isEmpty();
            assertThat(kinds(shop(orders).restarts(210, SECOND)))
                    .containsExactly(Kind.NEVER_GIVES_UP);
        }

        @Test
        void of_the_root_may_fall_soon_if_no_other_multiplies_it_and_nothing_delays_it() {
            var root = supervisor("root", ONE_FOR_ONE);

            assertThat(kinds(root.children(A))).containsExactly(Kind.ROOT_FALLS_SOON);
            assertThat(kinds(root.children(A, orders(A)))).containsExactly(Kind.ROOT_FALLS_SOON);
            assertThat(kinds(root.children(orders(A)))).isEmpty();
            assertThat(kinds(root.restarts(2, SECOND).children(A))).isEmpty();
            assertThat(kinds(root.restarts(0, SECOND).children(A))).isEmpty();
            assertThat(kinds(root.children(A.backoff(exponential(SECOND, SECOND).jitter(0)))))
                    .isEmpty();
        }

        @Test
        void of_none_makes_a_back_off_useless() {
            var tree = shop(A.backoff(exponential(SECOND, SECOND))).restarts(0, SECOND);

            assertThat(tree.check().getFirst().message())
                    .contains("never restarted, for its supervisor makes no restart");
        }

        @Test
        void is_judged_in_time_that_does_not_depend_on_its_size() {
            var tree =
                    shop(A.backoff(new Backoff(Duration.ofNanos(1), Duration.ofDays(1), 0, SECOND)))
                            .restarts(Integer.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE));

            assertThat(tree.check()).isEmpty();
        }
    }

    @Test
    void a_temporary_child_is_forgotten_with_a_sibling_that_is_started_before_it() {
        assertThat(kinds(shop(orders(REST_FOR_ONE, A, B.restart(TEMPORARY)))))
                .containsExactly(Kind.TEMPORARY_FORGOTTEN);
    }

    @Test
    void a_user_in_a_supervisor_is_restarted_before_a_name_in_a_later_one() {
        var tree =
                supervisor("shop", REST_FOR_ONE)
                        .children(
                                orders(A.uses(INBOX)),
                                supervisor("depot", ONE_FOR_ONE).children(B.name(INBOX)));

        assertThat(tree.check())
                .extracting(Finding::message)
                .containsExactly(
                        "shop/orders/a: uses the name \"inbox\", but is started before depot, and"
                                + " not restarted with it; put depot before it");
    }

    @Test
    void problems_come_before_warnings() {
        var tree = shop(orders()).restarts(-1, ofSeconds(1));

        assertThat(tree.check()).extracting(Finding::at).containsExactly("shop", "shop/orders");
        assertThat(tree.check().getFirst()).isEqualTo(new Problem.InvalidIntensity("shop", -1));
    }
}
