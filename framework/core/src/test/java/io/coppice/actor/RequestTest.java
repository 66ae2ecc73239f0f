package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NO_PROCESS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Requests: what becomes of them arrives as a message, exactly once. */
@ParameterizedClass
@EnumSource(Kind.class)
class RequestTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MOMENT = Duration.ofMillis(20);

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    private static void request(
            Puppet asker,
            Puppet callee,
            Duration timeout,
            java.util.function.Consumer<ReplyTo<Object>> service) {
        asker.does(
                context ->
                        context.<Object, Object>request(
                                callee.ref(),
                                replyTo -> (Puppet.Act) c -> service.accept(replyTo),
                                timeout,
                                answer -> answer));
    }

    @Test
    void an_answer_arrives_as_a_message() {
        var asker = house.puppet(kind);
        var callee = house.puppet(kind);
        request(asker, callee, MINUTE, replyTo -> replyTo.send("yes"));

        assertThat(asker.hears()).isEqualTo(new Answer.Received<>("yes"));
        house.awaitNoTimers();
    }

    @Test
    void what_became_of_another_request_may_be_the_answer() {
        var asker = house.puppet(kind);
        var callee = house.puppet(kind);

        for (var passedOn : CallTest.ANSWERS) {
            request(asker, callee, MINUTE, replyTo -> replyTo.send(passedOn));
            assertThat(asker.hears()).isEqualTo(new Answer.Received<>(passedOn));
        }
    }

    @Test
    void a_process_may_ask_itself() {
        var process = house.puppet(kind);
        request(process, process, MINUTE, replyTo -> replyTo.send("me"));

        assertThat(process.hears()).isEqualTo(new Answer.Received<>("me"));
    }

    @Test
    void a_request_without_an_answer_times_out_once_and_a_late_answer_is_counted() {
        var asker = house.puppet(kind);
        var callee = house.puppet(kind);
        var kept = new CompletableFuture<ReplyTo<Object>>();
        request(asker, callee, MOMENT, kept::complete);

        assertThat(asker.hears()).isEqualTo(new Answer.TimedOut<>(MOMENT));
        kept.join().send("late");
        house.quiet();
        assertThat(asker.heard()).isEmpty();
        assertThat(house.node().fates().refused()).containsEntry(Fates.Refused.ANSWERED_BEFORE, 1L);
        assertThat(callee.info().monitoredBy()).isLessThanOrEqualTo(1);
    }

    @Test
    void a_request_ends_when_the_callee_does() {
        var asker = house.puppet(kind);
        var callee = house.puppet(kind);
        request(asker, callee, MINUTE, replyTo -> {});
        house.node().kill(callee.pid());

        assertThat(asker.hears()).isEqualTo(new Answer.Ended<>(KILLED));
        house.quiet();
        assertThat(asker.heard()).isEmpty();
        house.awaitNoTimers();
    }

    @Test
    void a_request_to_the_dead_ends_at_once() {
        var asker = house.puppet(kind);
        var callee = house.puppet(kind);
        house.node().kill(callee.pid());
        request(asker, callee, MINUTE, replyTo -> {});

        assertThat(asker.hears()).isEqualTo(new Answer.Ended<>(NO_PROCESS));
        house.awaitNoTimers();
    }

    @Test
    void a_thousand_requests_get_a_thousand_answers_though_the_callee_dies_on_the_way() {
        var asker = house.puppet(kind);
        var callee = house.puppet(kind);
        asker.does(
                context -> {
                    for (int i = 0; i < 1_000; i++) {
                        int number = i;
                        context.<Object, Object>request(
                                callee.ref(),
                                replyTo ->
                                        (Puppet.Act)
                                                c -> {
                                                    if (number == 500) {
                                                        c.kill(callee.pid());
                                                    }
                                                    replyTo.send(number);
                                                },
                                MINUTE,
                                answer -> answer);
                    }
                });

        for (int i = 0; i < 500; i++) {
            assertThat(asker.hears()).isEqualTo(new Answer.Received<>(i));
        }
        for (int i = 500; i < 1_000; i++) {
            assertThat(asker.hears()).isInstanceOf(Answer.Ended.class);
        }
        house.quiet();
        assertThat(asker.heard()).isEmpty();
        house.awaitNoTimers();
    }

    @Test
    void an_answer_to_the_dead_is_lost() {
        var asker = house.puppet(kind);
        var callee = house.puppet(kind);
        var kept = new CompletableFuture<ReplyTo<Object>>();
        request(asker, callee, MINUTE, kept::complete);
        var replyTo = Waiting.of(kept);
        house.node().kill(asker.pid());
        replyTo.send("to nobody");
        house.quiet();

        assertThat(asker.heard()).isEmpty();
        house.awaitNoTimers();
    }

    @Test
    void a_timeout_that_is_not_positive_is_refused() {
        var asker = house.puppet(kind);
        var callee = house.puppet(kind);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> request(asker, callee, Duration.ZERO, replyTo -> {}))
                .withMessageStartingWith("timeout: PT0S");
    }
}
