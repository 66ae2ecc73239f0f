package io.coppice.supervision;

import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.PartitionSupervisor.partitionSupervisor;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ReplyTo;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.Supervisor.Message;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Equal children among which keys are divided. */
class PartitionSupervisorTest extends OnANode {

    /** Counts words, those of its partition. */
    static final class Shard implements Actor<Shard.Message> {

        sealed interface Message {
            record Count(String word, ReplyTo<Integer> replyTo) implements Message {}

            record Number(ReplyTo<Integer> replyTo) implements Message {}

            record Crash() implements Message {}
        }

        private final int partition;
        private final Map<String, Integer> counts = new HashMap<>();

        Shard(Context<Message> context, int partition) {
            this.partition = partition;
        }

        @Override
        public void receive(Message message) {
            switch (message) {
                case Message.Count(var word, var replyTo) ->
                        replyTo.send(counts.merge(word, 1, Integer::sum));
                case Message.Number(var replyTo) -> replyTo.send(partition);
                case Message.Crash() -> throw new IllegalStateException("ordered to");
            }
        }
    }

    // @start region="partitions"
    static final PartitionSupervisor<Shard.Message> SHARDS =
            partitionSupervisor("shards", 8, each("shard", Shard::new)).restarts(10, ofSeconds(5));

    static int count(String word, Node node) {
        var shard = SHARDS.ref(node.registry(), word);
        return shard.call(replyTo -> new Shard.Message.Count(word, replyTo), SOON);
    }

    // @end

    private ActorRef<Message> startShards() {
        return start(ONE_FOR_ONE, SHARDS);
    }

    private int number(Object key) {
        return SHARDS.ref(node.registry(), key).call(Shard.Message.Number::new, SOON);
    }

    @Test
    void a_key_always_comes_to_the_same_partition() {
        startShards();

        assertThat(count("ash", node)).isEqualTo(1);
        assertThat(count("oak", node)).isEqualTo(1);
        assertThat(count("ash", node)).isEqualTo(2);
    }

    @Test
    void each_partition_is_started_with_its_number_and_has_its_name() {
        startShards();

        for (int i = 0; i < 8; i++) {
            int number = node.registry().ref(SHARDS.name(i)).call(Shard.Message.Number::new, SOON);
            assertThat(number).isEqualTo(i);
        }
        assertThat(number("ash")).isEqualTo(SHARDS.partition("ash"));
    }

    @Test
    void an_address_survives_the_restart_of_its_partition_and_the_others_stay() {
        startShards();
        var ash = SHARDS.ref(node.registry(), "ash");
        var pid = ash.pid();
        var other = node.registry().ref(SHARDS.name((SHARDS.partition("ash") + 1) % 8));
        var otherPid = other.pid();
        count("ash", node);

        ash.send(new Shard.Message.Crash());
        await().ignoreExceptions().until(() -> !ash.pid().equals(pid));

        assertThat(count("ash", node)).isEqualTo(1);
        assertThat(other.pid()).isEqualTo(otherPid);
    }

    @Test
    void keys_in_steps_are_spread_over_all_partitions() {
        for (int step : new int[] {1, 8, 64, 1 << 16}) {
            var loads = new int[8];
            IntStream.range(0, 8_000).forEach(i -> loads[SHARDS.partition(i * step)]++);

            assertThat(IntStream.of(loads).boxed())
                    .as("step %d", step)
                    .allMatch(load -> load > 800 && load < 1_200);
        }
    }

    @Test
    void the_partition_of_a_string_is_the_same_in_every_jvm() {
        assertThat(SHARDS.partition("ash")).isEqualTo(0);
    }

    @Test
    void it_is_a_supervisor_like_any_other() {
        Name<Message> name = Name.of("the shards");
        start(ONE_FOR_ONE, SHARDS.name(name));
        ActorRef<Message> shards = node.registry().ref(name);

        assertThat(which(shards)).extracting(ChildInfo::id).contains("shard-0", "shard-7");
        ChildCount count = shards.call(Message.CountChildren::new, SOON);
        assertThat(count).isEqualTo(new ChildCount(8, 8, 0, 8));
    }

    @Test
    void it_can_be_the_root_of_a_node() {
        try (var other = Node.start(SHARDS)) {
            assertThat(count("ash", other)).isEqualTo(1);
        }
    }

    @Test
    void it_ends_with_its_tree() {
        var top = startShards();
        var end = node.ended(top.pid());
        node.exit(top.pid(), ExitReason.SHUTDOWN);

        assertThat(reasonOf(end)).isEqualTo(ExitReason.SHUTDOWN);
        await().until(() -> node.processes() == 0);
    }

    @Test
    void its_contradictions_are_found_with_those_of_its_tree() {
        var error =
                catchThrowableOfType(
                        TreeError.class,
                        () ->
                                supervisor("top", ONE_FOR_ONE)
                                        .children(
                                                partitionSupervisor(
                                                        "a",
                                                        1,
                                                        each("x", Shard::new).significant()),
                                                SHARDS,
                                                supervisor("sub", ONE_FOR_ONE).children(SHARDS)));

        assertThat(error.problems())
                .contains(
                        new Problem.SignificantWithoutAutoShutdown("a", "x-0"),
                        new Problem.DuplicateName("shards", "shard-7", SHARDS.name(7)));
    }

    @Test
    void a_number_of_partitions_below_one_dies_where_it_is_written() {
        assertThatThrownBy(() -> partitionSupervisor("shards", 0, each("shard", Shard::new)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("partitions of shards: 0, must be 1 or more");
    }

    @Test
    void a_partition_that_there_is_not_has_no_name() {
        assertThatThrownBy(() -> SHARDS.name(8))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("partition of shards: 8, has 8");
        assertThatThrownBy(() -> SHARDS.name(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void its_partitions_come_back_at_the_first_try_when_the_supervisor_above_is_killed() {
        for (int round = 0; round < 50; round++) {
            var top =
                    start(
                            supervisor("top", ONE_FOR_ONE)
                                    .restarts(1, ofSeconds(60))
                                    .children(supervisor("mid", ONE_FOR_ONE).children(SHARDS)));
            var killed = running(which(top));
            var shards = IntStream.range(0, 8).mapToObj(this::pidOf).toList();

            node.kill(killed);

            await().pollInterval(ofMillis(1))
                    .until(
                            () ->
                                    !running(which(top)).equals(killed)
                                            && IntStream.range(0, 8)
                                                    .mapToObj(this::pidOf)
                                                    .noneMatch(
                                                            it ->
                                                                    shards.contains(it)
                                                                            || it.equals(
                                                                                    node
                                                                                            .outside())));
            top.send(new Message.Stop(ExitReason.NORMAL));
            await().pollInterval(ofMillis(1)).until(() -> node.processes() == 0);
        }
    }

    private Pid running(List<ChildInfo> children) {
        return ((ChildStatus.Running) children.getFirst().status()).pid();
    }

    private Pid pidOf(int partition) {
        return node.registry()
                .lookup(SHARDS.name(partition))
                .map(ActorRef::pid)
                .orElseGet(node::outside);
    }
}
