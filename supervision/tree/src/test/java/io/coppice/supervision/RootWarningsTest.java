package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ShutdownMode.within;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ZERO;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Warnings are logged once for a tree, and not for each of its parts. */
class RootWarningsTest extends OnANode {

    private static final Name<Supervisor.Message> ORDERS = Name.of("orders");
    private static final String WARNING =
            "shop/orders/inbox: is killed as soon as it is asked to stop, within 0 s; give it time,"
                    + " or say immediately()";

    private final AtomicInteger inboxes = new AtomicInteger();
    private final ActorFactory<Object> inbox =
            context -> {
                inboxes.incrementAndGet();
                return message -> {};
            };
    private final Supervisor shop =
            supervisor("shop", ONE_FOR_ONE)
                    .children(
                            supervisor("orders", ONE_FOR_ONE)
                                    .name(ORDERS)
                                    .children(worker("inbox", inbox).shutdown(within(ZERO))));

    private final Logger logger = (Logger) LoggerFactory.getLogger(Supervisor.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    private List<String> warnings() {
        return log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains("; give it time"))
                .toList();
    }

    @Test
    void of_a_root_are_logged_with_the_whole_path() {
        start(shop);

        assertThat(warnings()).containsExactly(WARNING);
    }

    @Test
    void of_a_part_are_not_logged_when_it_is_restarted() {
        start(shop);

        node.kill(node.registry().lookup(ORDERS).orElseThrow().pid());

        await().until(() -> inboxes.get() == 2);
        assertThat(warnings()).containsExactly(WARNING);
    }

    @Test
    void of_a_tree_below_a_process_that_is_no_supervisor_are_logged() {
        node.start(
                (ActorFactory<Object>)
                        context -> {
                            context.spawnLinked(shop);
                            return message -> {};
                        });

        await().until(() -> inboxes.get() == 1);
        assertThat(warnings()).containsExactly(WARNING);
    }
}
