package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Restart.TRANSIENT;
import static io.coppice.supervision.ShutdownMode.within;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ReplyTo;
import io.coppice.supervision.TreeEvent.ChildStarted;

import org.junit.jupiter.api.Test;

import java.util.concurrent.LinkedBlockingQueue;

/** The tree of the README and of the Javadoc. */
class ShopTest {

    // @start region="tree"
    // region tree
    static final Name<Ledger.Message> LEDGER = Name.of("ledger");

    static final Supervisor SHOP =
            supervisor("shop", ONE_FOR_ONE)
                    .restarts(3, ofSeconds(5))
                    .children(
                            worker("ledger", Ledger::new).name(LEDGER),
                            supervisor("orders", REST_FOR_ONE)
                                    .children(
                                            worker("inbox", Inbox::new),
                                            worker("router", Router::new)
                                                    .shutdown(within(ofSeconds(2)))),
                            worker("audit", Audit::new).restart(TRANSIENT));

    // endregion
    // @end

    // region actor
    /** Adds up; its whole state is a sum, in cents. */
    static final class Ledger implements Actor<Ledger.Message> {

        sealed interface Message {
            record Book(long cents) implements Message {}

            record Total(ReplyTo<Long> replyTo) implements Message {}
        }

        private long totalCents;

        Ledger(Context<Message> context) {}

        @Override
        public void receive(Message message) {
            switch (message) {
                case Message.Book(var cents) -> totalCents = Math.addExact(totalCents, cents);
                case Message.Total(var replyTo) -> replyTo.send(totalCents);
            }
        }
    }

    // endregion

    static final class Inbox implements Actor<String> {
        Inbox(Context<String> context) {}

        @Override
        public void receive(String order) {}
    }

    static final class Router implements Actor<String> {
        Router(Context<String> context) {}

        @Override
        public void receive(String order) {}
    }

    static final class Audit implements Actor<String> {
        Audit(Context<String> context) {}

        @Override
        public void receive(String entry) {}
    }

    @Test
    void a_listener_hears_of_a_restart() throws InterruptedException {
        // region listen
        var restarted = new LinkedBlockingQueue<String>();
        TreeListener listener =
                event -> {
                    if (event instanceof ChildStarted child && child.incarnation() > 1) {
                        restarted.add(child.path());
                    }
                };
        try (var node = Node.start(SHOP.listener(listener))) {
            node.kill(node.registry().ref(LEDGER).pid());
            assertThat(restarted.poll(10, SECONDS)).isEqualTo("shop/ledger");
        }
        // endregion
    }

    @Test
    void a_name_finds_whoever_has_it_now() {
        // region use
        try (var node = Node.start(SHOP)) {
            var ledger = node.registry().ref(LEDGER);
            ledger.send(new Ledger.Message.Book(500));
            long totalCents = ledger.call(Ledger.Message.Total::new, ofSeconds(1));
            assertThat(totalCents).isEqualTo(500);
        }
        // endregion
    }

    @Test
    void a_ledger_that_overflows_is_replaced_by_a_new_one_under_its_name() {
        try (var node = Node.start(SHOP)) {
            var ledger = node.registry().ref(LEDGER);
            ledger.send(new Ledger.Message.Book(Long.MAX_VALUE));
            var first = ledger.pid();

            ledger.send(new Ledger.Message.Book(1));

            await().until(
                            () ->
                                    node.registry().lookup(LEDGER).isPresent()
                                            && ledger.pid() != first);
            long total = ledger.call(Ledger.Message.Total::new, ofSeconds(5));
            assertThat(total).isZero();
        }
    }

    @Test
    void the_tree_is_a_value_that_can_be_walked() {
        assertThat(SHOP.children())
                .extracting(ChildSpec::id)
                .containsExactly("ledger", "orders", "audit");
        assertThat(SHOP.children().get(1))
                .isInstanceOfSatisfying(
                        Supervisor.class,
                        orders ->
                                assertThat(orders.children())
                                        .extracting(ChildSpec::id)
                                        .containsExactly("inbox", "router"));
    }
}
