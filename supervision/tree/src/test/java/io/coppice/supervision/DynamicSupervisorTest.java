package io.coppice.supervision;

import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Restart.TEMPORARY;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.DynamicSupervisor.Message;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Dynamic supervisors on a real node. */
@Timeout(60)
class DynamicSupervisorTest {

    private static final Duration SOON = ofSeconds(10);

    private final Node node = Node.start();

    @AfterEach
    void closeNode() {
        node.close();
    }

    /** Greets a guest, whom it was started with. */
    static final class Greeter implements Actor<Greeter.Message> {

        sealed interface Message {
            record Greet(ReplyTo<String> replyTo) implements Message {}

            record Crash() implements Message {}
        }

        private final String guest;

        Greeter(Context<Message> context, String guest) {
            if (guest.isBlank()) {
                throw context.stop(ExitReason.custom("nobody to greet"));
            }
            this.guest = guest;
        }

        @Override
        public void receive(Message message) {
            switch (message) {
                case Message.Greet(var replyTo) -> replyTo.send("hello " + guest);
                case Message.Crash() -> throw new IllegalStateException("ordered to");
            }
        }
    }

    private static final DynamicSupervisor<String, Greeter.Message> GREETERS =
            dynamicSupervisor("greeters", each("greeter", Greeter::new)).restarts(5, ofSeconds(60));

    private ActorRef<Message<String, Greeter.Message>> start() {
        return node.start(GREETERS, SpawnOptions.defaults());
    }

    private static ActorRef<Greeter.Message> startChild(
            ActorRef<Message<String, Greeter.Message>> greeters, String guest) {
        ChildStart<Greeter.Message> answer =
                greeters.call(replyTo -> new Message.StartChild<>(guest, replyTo), SOON);
        return answer instanceof ChildStart.Started<Greeter.Message> started
                ? started.child()
                : fail(answer);
    }

    private static <T> T fail(Object answer) {
        throw new AssertionError(answer);
    }

    private static List<ChildInfo> which(ActorRef<Message<String, Greeter.Message>> greeters) {
        return greeters.call(Message.WhichChildren::new, SOON);
    }

    @Test
    void a_child_is_started_and_restarted_with_its_argument() {
        var greeters = start();
        var ann = startChild(greeters, "Ann");
        startChild(greeters, "Bob");

        ann.send(new Greeter.Message.Crash());

        await().until(() -> !node.isAlive(ann.pid()) && pids(greeters).size() == 2);
        assertThat(pids(greeters)).doesNotContain(ann.pid());
    }

    private List<Pid> pids(ActorRef<Message<String, Greeter.Message>> greeters) {
        return which(greeters).stream()
                .map(ChildInfo::status)
                .filter(ChildStatus.Running.class::isInstance)
                .map(status -> ((ChildStatus.Running) status).pid())
                .toList();
    }

    @Test
    void the_address_of_a_child_is_typed() {
        var ann = startChild(start(), "Ann");

        String greeting = ann.call(Greeter.Message.Greet::new, SOON);

        assertThat(greeting).isEqualTo("hello Ann");
    }

    @Test
    void a_child_that_does_not_start_is_refused_with_its_reason() {
        var greeters = start();

        ChildStart<Greeter.Message> answer =
                greeters.call(replyTo -> new Message.StartChild<>(" ", replyTo), SOON);

        assertThat(answer)
                .isEqualTo(
                        new ChildStart.Refused<>(
                                new Refusal.StartFailed(ExitReason.custom("nobody to greet"))));
        assertThat(which(greeters)).isEmpty();
    }

    @Test
    void a_child_too_many_is_refused_until_another_is_gone() {
        var greeters = node.start(GREETERS.maxChildren(1), SpawnOptions.defaults());
        var ann = startChild(greeters, "Ann");

        ChildStart<Greeter.Message> tooMany =
                greeters.call(replyTo -> new Message.StartChild<>("Bob", replyTo), SOON);
        greeters.<Outcome>call(replyTo -> new Message.TerminateChild<>(ann.pid(), replyTo), SOON);

        assertThat(tooMany).isEqualTo(new ChildStart.Refused<>(new Refusal.MaxChildren(1)));
        assertThat(node.isAlive(startChild(greeters, "Cid").pid())).isTrue();
    }

    @Test
    void a_child_is_terminated_by_its_pid() {
        var greeters = start();
        var ann = startChild(greeters, "Ann");

        Outcome done =
                greeters.call(replyTo -> new Message.TerminateChild<>(ann.pid(), replyTo), SOON);
        Outcome again =
                greeters.call(replyTo -> new Message.TerminateChild<>(ann.pid(), replyTo), SOON);
        Outcome stranger =
                greeters.call(
                        replyTo -> new Message.TerminateChild<>(greeters.pid(), replyTo), SOON);

        assertThat(node.isAlive(ann.pid())).isFalse();
        assertThat(done).isEqualTo(new Outcome.Done());
        assertThat(again).isEqualTo(new Outcome.Done());
        assertThat(stranger).isEqualTo(new Outcome.Refused(new Refusal.NotFound()));
    }

    @Test
    void its_template_can_be_had() {
        ChildTemplate<String, Greeter.Message> template =
                start().call(Message.GetTemplate::new, SOON);

        assertThat(template).isSameAs(GREETERS.template());
    }

    @Test
    void all_children_go_with_it() {
        var greeters = start();
        var pids = List.of("Ann", "Bob", "Cid").stream().map(it -> startChild(greeters, it).pid());
        var ends = pids.map(node::ended).toList();

        greeters.send(new Message.Stop<>(ExitReason.NORMAL));

        for (var end : ends) {
            assertThat(end.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(ExitReason.SHUTDOWN);
        }
        await().until(() -> node.processes() == 0);
    }

    @Test
    void it_can_be_a_child_and_be_found_by_its_name() {
        Name<Message<String, Greeter.Message>> name = Name.of("greeters");
        var tree = supervisor("top", ONE_FOR_ONE).children(GREETERS.name(name));
        node.start(tree, SpawnOptions.defaults());

        ActorRef<Greeter.Message> ann = startChild(node.registry().ref(name), "Ann");

        assertThat(node.isAlive(ann.pid())).isTrue();
    }

    @Test
    void temporary_children_come_and_go_without_a_trace() {
        var tree = dynamicSupervisor("greeters", each("greeter", Greeter::new).restart(TEMPORARY));
        var greeters = node.start(tree, SpawnOptions.defaults());
        for (int i = 0; i < 20; i++) {
            startChild(greeters, "guest " + i).send(new Greeter.Message.Crash());
        }

        await().until(() -> which(greeters).isEmpty());
        assertThat(node.processes()).isEqualTo(1);
    }

    @Test
    void a_process_of_another_node_that_has_the_number_of_a_child_is_no_child() {
        var greeters = start();
        var child = startChild(greeters, "Ada").pid();
        try (var other = Node.start()) {
            var stranger = startedAs(child.number(), other);

            Outcome answer =
                    greeters.call(replyTo -> new Message.TerminateChild<>(stranger, replyTo), SOON);

            assertThat(answer).isEqualTo(new Outcome.Refused(new Refusal.NotFound()));
            assertThat(node.isAlive(child)).isTrue();
        }
    }

    /** A process of {@code node} that has {@code number}. */
    private static Pid startedAs(long number, Node node) {
        Pid last;
        do {
            last = node.start((Context<Object> context) -> message -> {}).pid();
        } while (last.number() < number);
        assertThat(last.number()).isEqualTo(number);
        return last;
    }
}
