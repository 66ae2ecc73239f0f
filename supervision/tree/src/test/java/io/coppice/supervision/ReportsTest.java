package io.coppice.supervision;

import static io.coppice.supervision.Stage.fail;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Trees.MINUTE;
import static io.coppice.supervision.Trees.child;
import static io.coppice.supervision.Trees.started;
import static io.coppice.supervision.Trees.tree;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import io.coppice.process.ExitReason;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

/** The lines that people read. */
class ReportsTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Supervisor.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    private static Rules rules() {
        return Rules.of(Supervisor.supervisor("shop", ONE_FOR_ONE), new Stage.Paper(0, "shop", 1));
    }

    private List<String> linesOf(Stage stage) {
        stage.events.forEach(new Reports(rules())::tell);
        return lines.list.stream()
                .map(it -> it.getLevel() + " " + it.getFormattedMessage())
                .toList();
    }

    @Test
    void a_crash_is_told_with_its_reason_and_what_is_done_but_without_its_stack_trace() {
        var crash = ExitReason.crashed(new IllegalStateException("no paper"));
        var stage = started(ONE_FOR_ONE, "till").ends("till", crash);

        assertThat(linesOf(stage))
                .containsExactly(
                        "WARN shop: till<1> ended: crashed: java.lang.IllegalStateException: no"
                                + " paper; to be restarted");
        assertThat(lines.list).allMatch(line -> line.getThrowableProxy() == null);
    }

    @Test
    void a_child_that_is_not_restarted_is_told_only_if_it_failed() {
        var stage =
                started(
                        tree(
                                ONE_FOR_ONE,
                                child("x", Restart.TEMPORARY),
                                child("t", Restart.TRANSIENT)));

        stage.ends("t", ExitReason.NORMAL).ends("x", Trees.BOOM);

        assertThat(linesOf(stage)).containsExactly("WARN shop: x<1> ended: boom; not restarted");
    }

    @Test
    void giving_up_names_the_child_and_the_restarts_that_spent_the_budget() {
        var stage =
                started(
                        Supervisor.supervisor("shop", ONE_FOR_ONE)
                                .restarts(1, MINUTE)
                                .children(child("ledger"), child("audit")));

        stage.ends("audit", ExitReason.NORMAL).millis(1_200).crashes("ledger");

        assertThat(linesOf(stage))
                .last()
                .isEqualTo(
                        """
                        ERROR shop: gave up on ledger: 2 failures within 60 s (1 allowed), the \
                        last: boom
                            audit 1.2 s before: normal
                            ledger 0.0 s before: boom\
                        """);
    }

    @Test
    void a_long_list_of_failures_is_cut() {
        var stage = Stage.of(tree(ONE_FOR_ONE, child("a"))).boot();
        for (int i = 0; i < 11; i++) {
            stage.crashes("a");
        }

        assertThat(linesOf(stage).getLast().lines()).hasSize(1 + 10);
    }

    @Test
    void a_failed_restart_is_told_with_what_is_done() {
        var stage = started(ONE_FOR_ONE, "till").plan("till", fail("no paper")).crashes("till");

        assertThat(linesOf(stage))
                .last()
                .isEqualTo(
                        "WARN shop: no restart: init of till#2 failed: no paper; to be tried"
                                + " again");
    }

    @Test
    void a_failed_start_is_told_with_what_follows() {
        var stage =
                Stage.of(tree(ONE_FOR_ONE, child("till"))).plan("till", fail("no paper")).boot();

        assertThat(linesOf(stage))
                .containsExactly(
                        "ERROR shop: no start: init of till#1 failed: no paper; shop ends");
    }

    @Test
    void a_child_that_had_to_be_killed_is_told_with_the_time_it_had() {
        var patience = ShutdownMode.within(Duration.ofSeconds(2));
        var stage = started(tree(ONE_FOR_ONE, child("till").shutdown(patience))).stubborn("till");
        stage.terminate("till");

        stage.timeIsOver();

        assertThat(linesOf(stage))
                .containsExactly("WARN shop: till<1> killed: it did not stop within PT2S");
    }

    @Test
    void a_child_that_stops_with_a_reason_of_its_own_is_told() {
        var stage = started(ONE_FOR_ONE, "till").stubborn("till");
        stage.terminate("till");

        stage.crashes("till");

        assertThat(linesOf(stage))
                .containsExactly("WARN shop: till<1> was to stop, and ended: boom");
    }

    @Test
    void events_are_heard_by_the_log_unless_it_is_off_and_by_listeners() {
        var listened =
                Rules.of(
                        Supervisor.supervisor("shop", ONE_FOR_ONE).listener(event -> {}),
                        new Stage.Paper(0, "shop", 1));

        assertThat(new Reports(rules()).areHeard()).isTrue();
        logger.setLevel(Level.OFF);
        assertThat(new Reports(rules()).areHeard()).isFalse();
        assertThat(new Reports(listened).areHeard()).isTrue();
    }

    @Test
    void where_nobody_hears_of_events_none_are_told_and_all_else_is_as_ever() {
        var heard = started(ONE_FOR_ONE, "till").crashes("till");
        var unheard = started(ONE_FOR_ONE, "till");
        int before = unheard.events.size();

        unheard.isHeard = false;
        unheard.crashes("till");

        assertThat(unheard.events).hasSize(before);
        assertThat(unheard.look()).isEqualTo(heard.look()).contains("start till#2");
    }
}
