package io.coppice.examples.kv.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.ActorRef;
import io.coppice.examples.kv.store.Plan;
import io.coppice.examples.kv.store.Reply;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.laws.TreeLaws;
import io.coppice.testkit.Simulation;

import net.jqwik.api.Example;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The tree of production keeps the laws of trees, whoever of it is killed at whatever step; and
 * what was acknowledged is there, once.
 */
class KvTreeLawsTest extends TreeLaws {

    private static final int EACH = 2;

    @Override
    protected Run run(Simulation simulation) {
        return new Service(simulation);
    }

    /** Two clients ask. */
    private static final class Service implements Run {

        private final List<String> complaints = new ArrayList<>();
        private final SimulatedServer server;
        private final ActorRef<Mourner.Message> mourner;
        private final Guest ann;
        private final Guest bob;

        Service(Simulation simulation) {
            server = new SimulatedServer(simulation);
            mourner = Mourner.on(simulation.node(), complaints);
            ann = server.guest();
            bob = server.guest();
        }

        @Override
        public Supervisor tree() {
            return server.tree();
        }

        /** The mourner. */
        @Override
        public int outsiders() {
            return 1;
        }

        @Override
        public void use() {
            server.view().map(Mourner.Message.Watch::new).ifPresent(mourner::send);
            ask("ann", ann);
            ask("bob", bob);
            server.serve();
        }

        private static void ask(String name, Guest guest) {
            for (int i = 0; i < EACH; i++) {
                guest.ask("INCR", "total");
                guest.ask("RPUSH", "list", name + i);
            }
        }

        @Override
        public void check() {
            server.settle();
            assertThat(complaints).isEmpty();
            if (server.view().isPresent()) {
                checkAnswers();
            }
            checkDisk();
        }

        /** Each request was carried out once, and answered in its turn. */
        private void checkAnswers() {
            for (int first = 0; first < 2; first++) {
                var numbers = new ArrayList<Long>();
                for (var guest : List.of(ann, bob)) {
                    var own = numbers(guest, first);
                    assertThat(own).hasSize(EACH).isSorted();
                    numbers.addAll(own);
                }
                assertThat(numbers)
                        .containsExactlyInAnyOrderElementsOf(
                                LongStream.rangeClosed(1, 2 * EACH).boxed().toList());
            }
        }

        /** The answers to every second request. */
        private static List<Long> numbers(Guest guest, int first) {
            var numbers = new ArrayList<Long>();
            for (int i = first; i < guest.answers().size(); i += 2) {
                assertThat(guest.answers().get(i)).isInstanceOf(Reply.Number.class);
                numbers.add(((Reply.Number) guest.answers().get(i)).value());
            }
            return numbers;
        }

        /** What was answered is there, and nothing is there twice. */
        private void checkDisk() {
            int answered = numbers(ann, 0).size() + numbers(bob, 0).size();
            assertThat(counter(server.onDisk("GET", "total"))).isBetween(answered, 2 * EACH);
            var list = list(server.onDisk("LRANGE", "list", "0", "-1"));
            assertThat(list).doesNotHaveDuplicates().containsAll(pushed("ann", ann));
            assertThat(list).containsAll(pushed("bob", bob));
            for (var name : List.of("ann", "bob")) {
                assertThat(list.stream().filter(it -> it.startsWith(name)).toList()).isSorted();
            }
        }

        private static List<String> pushed(String name, Guest guest) {
            return LongStream.range(0, numbers(guest, 1).size()).mapToObj(i -> name + i).toList();
        }

        private static int counter(Reply reply) {
            return reply instanceof Reply.Bulk(var value) ? Integer.parseInt(value.text()) : 0;
        }

        private static List<String> list(Reply reply) {
            return reply instanceof Reply.Array(var elements)
                    ? elements.stream().map(it -> ((Reply.Bulk) it).value().text()).toList()
                    : List.of();
        }
    }

    @Example
    void both_shards_are_put_to_the_test() {
        assertThat(shard("INCR", "total")).isNotEqualTo(shard("LRANGE", "list", "0", "-1"));
    }

    private static int shard(String... words) {
        var plan = Plan.of(SimulatedServer.command(words), SimulatedServer.SHARDS);
        return plan.parts().getFirst().shard();
    }
}
