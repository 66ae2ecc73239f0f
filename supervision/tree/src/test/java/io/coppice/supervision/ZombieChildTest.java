package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Fates;
import io.coppice.actor.Name;
import io.coppice.actor.Program;
import io.coppice.actor.ReplyTo;
import io.coppice.process.Pid;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A child whose code ignores its kill: its replacement works all the same. */
class ZombieChildTest extends OnANode {

    private static final Name<Order> DESK = Name.of("desk");
    private static final int SENDS = 7;

    enum Kind {
        ACTOR,
        PROGRAM
    }

    private sealed interface Order {
        record Spin() implements Order {}

        record WhoAreYou(ReplyTo<Pid> replyTo) implements Order {}
    }

    private final List<Object> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch spinning = new CountDownLatch(1);
    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void release() {
        over.set(true);
    }

    private Child<Order> child(Kind kind, ActorRef<Object> witness) {
        ActorFactory<Order> actor = context -> order -> serve(order, context, witness);
        Program<Order> program =
                (context, inbox) -> {
                    while (true) {
                        serve(inbox.take(), context, witness);
                    }
                };
        var child = kind == Kind.ACTOR ? worker("clerk", actor) : worker("clerk", program);
        return child.name(DESK);
    }

    private void serve(Order order, Context<Order> context, ActorRef<Object> witness) {
        switch (order) {
            case Order.WhoAreYou(var replyTo) -> replyTo.send(context.self().pid());
            case Order.Spin() -> {
                spinning.countDown();
                while (!over.get()) {
                    Thread.onSpinWait();
                }
                for (int i = 0; i < SENDS; i++) {
                    witness.send(i);
                }
            }
        }
    }

    private Pid whoIsThere() {
        return node.registry().ref(DESK).call(Order.WhoAreYou::new, SOON);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void its_replacement_works_while_it_spins_and_nothing_it_sends_arrives(Kind kind)
            throws InterruptedException {
        ActorRef<Object> witness = node.start((ActorFactory<Object>) context -> heard::add);
        var top =
                start(
                        supervisor("top", ONE_FOR_ONE)
                                .restarts(1, ofSeconds(60))
                                .children(child(kind, witness)));
        var first = whoIsThere();
        node.registry().ref(DESK).send(new Order.Spin());
        spinning.await();
        node.kill(first);

        await().until(() -> node.registry().lookup(DESK).isPresent());
        var second = whoIsThere();
        assertThat(second).isNotEqualTo(first);
        assertThat(node.zombies())
                .singleElement()
                .matches(zombie -> zombie.pid() == first)
                .matches(zombie -> zombie.state() == Thread.State.RUNNABLE);

        over.set(true);
        await().until(() -> node.zombies().isEmpty());
        await().until(() -> node.fates().isBalanced());
        assertThat(heard).isEmpty();
        assertThat(node.fates().dropped()).containsEntry(Fates.Dropped.SENDER_ENDED, (long) SENDS);
        assertThat(whoIsThere()).isEqualTo(second);
        assertThat(which(top)).singleElement();
    }
}
