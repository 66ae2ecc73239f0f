package io.coppice.internal.run;

import io.coppice.actor.Name;
import io.coppice.actor.SpawnOptions;
import io.coppice.fixture.Search;
import io.coppice.spi.Task;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Names and the ring of a worker, searched for schedules that no order of its steps explains. */
class RunSearchTest {

    private static boolean register(String name, LocalProcess<?> process) {
        try {
            process.node.names().register(name, process);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /** A name and two processes: who has it, until it gives it up or dies. */
    @Param(name = "process", gen = IntGen.class, conf = "0:1")
    public static class Directory {
        private static final Name<Object> NAME = Name.of("name");

        private final Still still = new Still();
        private final List<ActorProcess<Object>> processes = List.of(still.actor(), still.actor());

        @Operation
        public boolean register(@Param(name = "process") int process) {
            return RunSearchTest.register(NAME.value(), processes.get(process));
        }

        @Operation
        public boolean unregister() {
            try {
                still.node.names().unregister(NAME);
                return true;
            } catch (IllegalArgumentException nobody) {
                return false;
            }
        }

        @Operation
        public int lookup() {
            return processes.indexOf(still.node.names().holder(NAME));
        }

        @Operation
        public void kill(@Param(name = "process") int process) {
            Still.kill(processes.get(process));
        }
    }

    /** A name that messages wait for: they come first, in order, whoever takes it. */
    @Param(name = "message", gen = IntGen.class, conf = "1:9")
    public static class HeldName {
        private static final Name<Object> NAME = Name.of("name");

        private final Still still = new Still();
        private final List<Object> got = new ArrayList<>();
        private final ActorProcess<Object> taker =
                new ActorProcess<>(still.node, SpawnOptions.defaults(), null, context -> got::add);

        public HeldName() {
            still.node.names().hold(NAME, 2);
            taker.begin();
        }

        @Operation
        public boolean send(@Param(name = "message") int message) {
            return still.node.names().ref(NAME).offer(message).isAccepted();
        }

        @Operation
        public boolean register() {
            return RunSearchTest.register(NAME.value(), taker);
        }

        @Operation(nonParallelGroup = "worker")
        public String handled() {
            still.runAll();
            return got.toString();
        }
    }

    /** A ring: its owner puts in, and takes out as others do. */
    @Param(name = "task", gen = IntGen.class, conf = "1:9")
    public static class Tasks {
        private final Ring ring = Ring.make();

        private record Numbered(int number) implements Task {
            @Override
            public void run() {}
        }

        @Operation(nonParallelGroup = "owner")
        public boolean offer(@Param(name = "task") int task) {
            return ring.offer(new Numbered(task));
        }

        @Operation
        public @Nullable Integer poll() {
            return ring.poll() instanceof Numbered(var number) ? number : null;
        }
    }

    @Test
    void names_are_a_map_of_the_living() {
        Search.isLinearizableInNode(Directory.class);
    }

    @Test
    void what_is_held_for_a_name_comes_first_and_in_order() {
        Search.isLinearizableInNode(HeldName.class);
    }

    @Test
    void a_ring_is_a_queue() {
        Search.isLinearizable(Tasks.class);
    }
}
