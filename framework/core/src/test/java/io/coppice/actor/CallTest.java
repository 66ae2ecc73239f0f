package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.NO_PROCESS;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Calls: a request, and waiting for its answer. */
@ParameterizedClass
@EnumSource(Kind.class)
class CallTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MOMENT = Duration.ofMillis(20);

    @RegisterExtension private final House house = new House();

    /** One of each kind. */
    static final List<Answer<?>> ANSWERS =
            List.of(
                    new Answer.Received<>("reply"),
                    new Answer.TimedOut<>(MOMENT),
                    new Answer.Ended<>(NORMAL),
                    new Answer.Refused<>(Offer.GATED));

    @Parameter Kind kind;

    /** What the callee does on a call. */
    @FunctionalInterface
    private interface Service<R> {
        void answer(Context<Object> callee, ReplyTo<R> replyTo) throws Exception;
    }

    private static <R> R call(Puppet callee, Duration timeout, Service<R> service) {
        return callee.ref()
                .<R>call(
                        replyTo -> (Puppet.Act) context -> service.answer(context, replyTo),
                        timeout);
    }

    @Test
    void a_call_returns_the_answer() {
        var callee = house.puppet(kind);

        assertThat(CallTest.<Integer>call(callee, MINUTE, (c, replyTo) -> replyTo.send(42)))
                .isEqualTo(42);
    }

    @Test
    void what_became_of_another_request_may_be_the_answer() {
        var callee = house.puppet(kind);

        for (var passedOn : ANSWERS) {
            assertThat(
                            CallTest.<Object>call(
                                    callee, MINUTE, (c, replyTo) -> replyTo.send(passedOn)))
                    .isEqualTo(passedOn);
        }
    }

    @Test
    void a_process_may_call_another() {
        var caller = house.puppet(kind);
        var callee = house.puppet(kind);
        int answer = caller.ask(c -> call(callee, MINUTE, (cc, replyTo) -> replyTo.send(42)));

        assertThat(answer).isEqualTo(42);
    }

    @Test
    void a_hundred_processes_may_wait_for_each_other_in_a_row() {
        var first = house.puppet(kind);

        assertThat(deep(first, 100)).isEqualTo(100);
    }

    private int deep(Puppet callee, int left) {
        return CallTest.<Integer>call(
                callee,
                MINUTE,
                (c, replyTo) ->
                        replyTo.send(left == 0 ? 0 : 1 + deep(house.puppet(kind), left - 1)));
    }

    @Test
    void a_call_without_an_answer_times_out_and_the_late_answer_is_counted() {
        var callee = house.puppet(kind);
        var kept = new CompletableFuture<ReplyTo<String>>();

        assertThatThrownBy(
                        () ->
                                CallTest.<String>call(
                                        callee, MOMENT, (c, replyTo) -> kept.complete(replyTo)))
                .isInstanceOf(CallTimeout.class)
                .hasMessageContaining(callee.toString())
                .hasMessageContaining(MOMENT.toString());
        callee.does(c -> kept.join().send("late"));
        kept.join().send("later");

        assertThat(house.node().fates().refused()).containsEntry(Fates.Refused.ANSWERED_BEFORE, 2L);
    }

    @Test
    void the_first_answer_counts() {
        var callee = house.puppet(kind);
        var answer =
                CallTest.<String>call(
                        callee,
                        MINUTE,
                        (c, replyTo) -> {
                            replyTo.send("first");
                            replyTo.send("second");
                        });
        house.quiet();

        assertThat(answer).isEqualTo("first");
        assertThat(house.node().fates().refused()).containsEntry(Fates.Refused.ANSWERED_BEFORE, 1L);
    }

    @Test
    void another_process_may_answer() {
        var callee = house.puppet(kind);
        var clerk = house.puppet(kind);
        var answer =
                CallTest.<String>call(
                        callee,
                        MINUTE,
                        (c, replyTo) -> clerk.tell(cc -> replyTo.send("from the clerk")));

        assertThat(answer).isEqualTo("from the clerk");
    }

    @Test
    void a_thread_outside_may_answer() {
        var callee = house.puppet(kind);
        var answer =
                CallTest.<String>call(
                        callee,
                        MINUTE,
                        (c, replyTo) ->
                                Thread.ofVirtual().start(() -> replyTo.send("from outside")));

        assertThat(answer).isEqualTo("from outside");
    }

    @Test
    void a_call_to_the_dead_fails_at_once() {
        var dead = house.puppet(kind);
        house.node().kill(dead.pid());

        assertThatThrownBy(() -> call(dead, MINUTE, (c, replyTo) -> {}))
                .isInstanceOfSatisfying(
                        CalleeEnded.class,
                        failure -> assertThat(failure.reason()).isEqualTo(NO_PROCESS));
        assertThat(house.node().fates().refused()).containsEntry(Fates.Refused.RECEIVER_DEAD, 0L);
    }

    @Test
    void a_call_fails_with_the_reason_when_the_callee_ends_while_it_handles_it() {
        var callee = house.puppet(kind);

        assertThatThrownBy(
                        () -> call(callee, MINUTE, (c, replyTo) -> c.stop(custom("out of order"))))
                .isInstanceOfSatisfying(
                        CalleeEnded.class,
                        failure -> assertThat(failure.reason()).isEqualTo(custom("out of order")));
    }

    @Test
    void a_call_fails_when_the_callee_is_killed_before_its_turn_comes() {
        var callee = house.puppet(kind);
        var door = house.door();
        var entered = new CountDownLatch(1);
        callee.tell(
                c -> {
                    entered.countDown();
                    door.await();
                });
        Waiting.on(entered);
        var asked = new CountDownLatch(1);
        var failure = new CompletableFuture<Throwable>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                callee.ref()
                                        .call(
                                                replyTo -> {
                                                    asked.countDown();
                                                    return "never handled";
                                                },
                                                MINUTE);
                            } catch (CallFailure expected) {
                                failure.complete(expected);
                            }
                        });
        Waiting.on(asked);
        house.node().kill(callee.pid());

        assertThat(Waiting.of(failure))
                .isInstanceOfSatisfying(
                        CalleeEnded.class,
                        ended -> assertThat(ended.reason()).isIn(KILLED, NO_PROCESS));
    }

    @Test
    void a_callee_that_answers_and_then_ends_has_answered() {
        for (int i = 0; i < 500; i++) {
            var callee = house.puppet(kind);
            var answer =
                    CallTest.<String>call(
                            callee,
                            MINUTE,
                            (c, replyTo) -> {
                                replyTo.send("done");
                                throw c.stop(NORMAL);
                            });
            assertThat(answer).isEqualTo("done");
        }
    }

    @Test
    void a_caller_outside_that_is_interrupted_is_told_so_and_stays_interrupted() throws Exception {
        var callee = house.puppet(kind);
        var asked = new CountDownLatch(1);
        var result = new CompletableFuture<Boolean>();
        var thread =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        call(callee, MINUTE, (c, replyTo) -> asked.countDown());
                                    } catch (CallInterrupted expected) {
                                        result.complete(Thread.currentThread().isInterrupted());
                                    }
                                });
        Waiting.on(asked);
        thread.interrupt();

        assertThat(Waiting.of(result)).isTrue();
        thread.join();
        assertThat(callee.info().monitoredBy()).isLessThanOrEqualTo(1);
    }

    @Test
    void a_caller_that_is_killed_stops_waiting() {
        var caller = house.puppet(kind);
        var callee = house.puppet(kind);
        var asked = new CountDownLatch(1);
        var thrown = new CompletableFuture<Throwable>();
        caller.tell(
                c -> {
                    try {
                        call(callee, MINUTE, (cc, replyTo) -> asked.countDown());
                    } catch (Throwable t) {
                        thrown.complete(t);
                        throw t;
                    }
                });
        Waiting.on(asked);
        house.node().kill(caller.pid());

        assertThat(Waiting.of(thrown)).isInstanceOf(ProcessEnded.class);
        assertThat(callee.isAlive()).isTrue();
    }

    @Test
    void two_processes_that_call_each_other_wait_until_the_timeout() {
        var ann = house.puppet(kind);
        var bob = house.puppet(kind);
        var result =
                ann.begin(
                        c ->
                                CallTest.<String>call(
                                        bob,
                                        MINUTE,
                                        (cc, replyTo) -> {
                                            try {
                                                call(ann, MOMENT, (ccc, inner) -> {});
                                            } catch (CallTimeout expected) {
                                                replyTo.send("timed out");
                                            }
                                        }));

        assertThat(Waiting.of(result)).isEqualTo("timed out");
    }

    @Test
    void a_process_that_calls_itself_is_told_so() {
        var process = house.puppet(kind);

        assertThatThrownBy(() -> process.does(c -> call(process, MINUTE, (cc, replyTo) -> {})))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_timeout_that_is_not_positive_is_refused() {
        var callee = house.puppet(kind);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(callee, Duration.ZERO, (c, replyTo) -> {}))
                .withMessageStartingWith("timeout: PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(callee, Duration.ofNanos(-1), (c, replyTo) -> {}));
    }

    @Test
    void a_timeout_of_ages_is_a_timeout_of_ages() {
        var callee = house.puppet(kind);

        assertThat(
                        CallTest.<String>call(
                                callee,
                                Duration.ofSeconds(Long.MAX_VALUE),
                                (c, replyTo) -> replyTo.send("soon")))
                .isEqualTo("soon");
    }

    @Test
    void a_call_leaves_nothing_behind() {
        var callee = house.puppet(kind);
        int before = callee.info().monitoredBy();
        for (int i = 0; i < 1_000; i++) {
            call(callee, MINUTE, (c, replyTo) -> replyTo.send("done"));
        }

        assertThat(callee.info().monitoredBy()).isEqualTo(before);
        house.awaitNoTimers();
    }
}
