package io.coppice.actor;

import static io.coppice.process.ExitReason.SHUTDOWN;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the log says of a process that crashes. */
class CrashReportTest {

    private static final IllegalStateException BOOM = new IllegalStateException("boom");
    private static final SpawnOptions<Object> OPTIONS = SpawnOptions.defaults();

    @RegisterExtension private final House house = new House();

    private record Order(int number) {}

    private static final ActorFactory<Object> FRAGILE =
            context ->
                    message -> {
                        throw BOOM;
                    };

    private ILoggingEvent onlyReport() {
        Waiting.until("a report").until(() -> !house.crashes().events().isEmpty());
        house.quiet();
        assertThat(house.crashes().events()).hasSize(1);
        return house.crashes().events().getFirst();
    }

    @Test
    void it_says_who_crashed_why_on_which_message_and_who_was_linked() {
        var one = house.puppet().trapping();
        var other = house.puppet().trapping();
        var process = house.node().start(FRAGILE, OPTIONS.withLabel("clerk"));
        other.does(context -> context.link(process.pid()));
        one.does(context -> context.link(process.pid()));
        process.send(new Order(7));
        var report = onlyReport();

        assertThat(report.getLevel()).isEqualTo(Level.ERROR);
        assertThat(report.getFormattedMessage())
                .isEqualTo(
                        process.pid()
                                + " crashed on Order[number=7]; linked to ["
                                + one
                                + ", "
                                + other
                                + "]");
        assertThat(process.pid().toString()).startsWith("clerk<");
        assertThat(report.getThrowableProxy().getMessage()).isEqualTo("boom");
        assertThat(report.getThrowableProxy().getStackTraceElementProxyArray()).isNotEmpty();
    }

    @Test
    void it_says_that_init_crashed() {
        ActorFactory<Object> failing =
                context -> {
                    throw BOOM;
                };
        assertThatThrownBy(() -> house.node().start(failing, OPTIONS.withLabel("clerk")))
                .isInstanceOf(StartFailure.class);

        assertThat(onlyReport().getFormattedMessage())
                .matches("clerk<\\d+> crashed on init; linked to \\[]");
    }

    @Test
    void it_says_that_a_program_crashed() {
        Program<Object> failing =
                (context, inbox) -> {
                    inbox.take();
                    throw BOOM;
                };
        var process = house.node().start(failing, OPTIONS.withLabel("clerk"));
        process.send("go");

        assertThat(onlyReport().getFormattedMessage())
                .isEqualTo(process.pid() + " crashed on run, having taken go; linked to []");
    }

    @Test
    void it_says_that_stopped_crashed() {
        ActorFactory<Object> factory =
                context ->
                        new Actor<>() {
                            @Override
                            public void receive(Object message) {
                                throw context.stop(custom("over"));
                            }

                            @Override
                            public void stopped(ExitReason reason) {
                                throw BOOM;
                            }
                        };
        house.node().start(factory, OPTIONS.withLabel("clerk")).send("stop");

        assertThat(onlyReport().getFormattedMessage()).contains("crashed on stopped");
    }

    @Test
    void a_long_message_is_cut_short() {
        house.node().start(FRAGILE).send("x".repeat(10_000));

        assertThat(onlyReport().getFormattedMessage())
                .contains("x".repeat(100))
                .contains("10000")
                .hasSizeLessThan(400);
    }

    @Test
    void an_orderly_end_is_no_crash() {
        var stopping = house.puppet();
        var killed = house.puppet();
        var exited = house.puppet(Kind.PROGRAM);
        var linked = house.child(exited, Kind.ACTOR);
        stopping.tell(context -> context.stop(custom("even if abnormal")));
        house.node().kill(killed.pid());
        house.node().exit(exited.pid(), SHUTDOWN);
        stopping.end();
        linked.end();
        house.quiet();

        assertThat(house.crashes().events()).isEmpty();
    }

    @Test
    void one_crash_is_reported_once_however_many_it_takes_along() {
        var first = house.puppet();
        var last = first;
        for (int i = 0; i < 20; i++) {
            last = house.child(last, i % 2 == 0 ? Kind.ACTOR : Kind.PROGRAM);
        }
        first.tell(
                context -> {
                    throw BOOM;
                });
        last.end();

        assertThat(onlyReport().getFormattedMessage()).startsWith(first.toString());
    }
}
