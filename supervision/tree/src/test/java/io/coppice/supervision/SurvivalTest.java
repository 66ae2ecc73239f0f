package io.coppice.supervision;

import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.PartitionSupervisor.partitionSupervisor;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;
import static io.coppice.supervision.TaskSupervisor.taskSupervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.Journal.Order;
import io.coppice.supervision.Supervisor.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

/**
 * A supervisor of any kind survives the death of any child and of its children's children, as long
 * as its budget lasts: the same process goes on to answer, and what died is there again.
 */
class SurvivalTest extends OnANode {

    enum Death {
        KILL,
        CRASH,
        NORMAL_END
    }

    /** A supervisor that is a child, with one child of its own. */
    private Supervisor sub(String grandchild) {
        return supervisor("sub of " + grandchild, ONE_FOR_ONE).children(journal.child(grandchild));
    }

    private static Name<Message> nameOfSub(String grandchild) {
        return Name.of("sub of " + grandchild);
    }

    private void die(String member, Death death) {
        switch (death) {
            case KILL -> node.kill(Journal.pid(node, member));
            case CRASH -> order(member, new Order.Crash());
            case NORMAL_END -> order(member, new Order.End(ExitReason.NORMAL));
        }
    }

    private void dieSub(Name<Message> name, Death death) {
        var sub = node.registry().ref(name);
        switch (death) {
            case KILL -> node.kill(sub.pid());
            case CRASH -> sub.send(new Message.Stop(BOOM));
            case NORMAL_END -> sub.send(new Message.Stop(ExitReason.NORMAL));
        }
    }

    private Pid pid(Name<?> name) {
        await().until(() -> node.registry().lookup(name).isPresent());
        return node.registry().ref(name).pid();
    }

    /** Lets the process that has {@code name} die, and waits for the next one. */
    private void comesBack(Name<?> name, Runnable death) {
        var before = pid(name);
        death.run();
        await().ignoreExceptions().until(() -> !node.isAlive(before) && !pid(name).equals(before));
    }

    private void comesBackFromEachDeath(String member) {
        for (var death : Death.values()) {
            comesBack(Journal.name(member), () -> die(member, death));
        }
    }

    private void comesBackFromEachDeath(Name<Message> sub) {
        for (var death : Death.values()) {
            comesBack(sub, () -> dieSub(sub, death));
        }
    }

    private static void allRun(List<ChildInfo> children, int expected) {
        assertThat(children)
                .hasSize(expected)
                .allMatch(child -> child.status() instanceof ChildStatus.Running);
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void one_with_any_strategy(Strategy strategy) {
        var top =
                start(
                        supervisor("top", strategy)
                                .restarts(6, ofSeconds(60))
                                .children(
                                        journal.child("a"),
                                        sub("b").restarts(3, ofSeconds(60)).name(nameOfSub("b")),
                                        journal.child("c")));

        comesBackFromEachDeath("b");
        comesBackFromEachDeath("a");
        comesBackFromEachDeath(nameOfSub("b"));

        assertThat(node.isAlive(top.pid())).isTrue();
        allRun(which(top), 3);
        Journal.pid(node, "b");
        Journal.pid(node, "c");
    }

    @Test
    void a_dynamic_one() {
        var top =
                node.start(
                        dynamicSupervisor(
                                        "top",
                                        each(
                                                        "sub",
                                                        (Context<Message> context, String id) ->
                                                                sub(id).restarts(3, ofSeconds(60))
                                                                        .name(nameOfSub(id))
                                                                        .create(context))
                                                .supervisorType())
                                .restarts(3, ofSeconds(60)),
                        SpawnOptions.defaults());
        for (var id : List.of("a", "b")) {
            top.<ChildStart<Message>>call(
                    replyTo -> new DynamicSupervisor.Message.StartChild<>(id, replyTo), SOON);
        }

        comesBackFromEachDeath("a");
        comesBackFromEachDeath(nameOfSub("b"));

        assertThat(node.isAlive(top.pid())).isTrue();
        allRun(top.call(DynamicSupervisor.Message.WhichChildren::new, SOON), 2);
        Journal.pid(node, "b");
    }

    @Test
    void one_of_partitions() {
        var partitions =
                partitionSupervisor(
                                "top",
                                2,
                                each(
                                                "sub",
                                                (Context<Message> context, Integer number) ->
                                                        sub("m" + number)
                                                                .restarts(3, ofSeconds(60))
                                                                .create(context))
                                        .supervisorType())
                        .restarts(3, ofSeconds(60));
        var top = node.start(partitions, SpawnOptions.defaults());

        comesBackFromEachDeath("m0");
        comesBackFromEachDeath(partitions.name(1));

        assertThat(node.isAlive(top.pid())).isTrue();
        allRun(which(top), 2);
        Journal.pid(node, "m1");
    }

    /** A task, and a process that it has made and that is linked to it. */
    private static final class Tasks {
        final List<Pid> linked = new CopyOnWriteArrayList<>();

        Program<Void> withLinked(Program<Void> body) {
            return (context, inbox) -> {
                linked.add(context.spawnLinked(body).pid());
                inbox.take();
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void one_of_tasks(Death death) throws ExecutionException {
        var supervisor = taskSupervisor("top").restarts(0, ofSeconds(1));
        var top = node.start(supervisor, SpawnOptions.defaults());
        var tasks = new Tasks();
        Program<Void> linked =
                (context, inbox) -> {
                    switch (death) {
                        case KILL -> inbox.take(); // until it is killed
                        case CRASH -> throw new IllegalStateException("ordered to");
                        case NORMAL_END -> {}
                    }
                };
        for (int i = 0; i < 5; i++) {
            top.<ChildStart<Void>>call(
                    replyTo ->
                            new DynamicSupervisor.Message.StartChild<>(
                                    tasks.withLinked(linked), replyTo),
                    SOON);
            supervisor.start(
                    node,
                    () -> {
                        if (death == Death.CRASH) {
                            throw new IllegalStateException("ordered to");
                        }
                    });
        }
        tasks.linked.forEach(node::kill);
        if (death != Death.NORMAL_END) { // which ends nobody through a link
            await().until(() -> running(top) == 0);
        }
        children(top).forEach(node::kill);

        await().until(() -> running(top) == 0);
        assertThat(node.isAlive(top.pid())).isTrue();
        int answer = supervisor.call(node, () -> 42, SOON);
        assertThat(answer).isEqualTo(42);
    }

    private static int running(ActorRef<DynamicSupervisor.Message<Program<Void>, Void>> top) {
        return children(top).size();
    }

    private static List<Pid> children(
            ActorRef<DynamicSupervisor.Message<Program<Void>, Void>> top) {
        List<ChildInfo> all = top.call(DynamicSupervisor.Message.WhichChildren::new, SOON);
        return all.stream().map(it -> ((ChildStatus.Running) it.status()).pid()).toList();
    }
}
