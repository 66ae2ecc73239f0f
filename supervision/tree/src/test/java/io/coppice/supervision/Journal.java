package io.coppice.supervision;

import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Children that write down what happens to them, for tests on a real node. */
final class Journal {

    final List<String> lines = new CopyOnWriteArrayList<>();

    /** What such a child understands. */
    sealed interface Order {
        record Crash() implements Order {}

        record End(ExitReason reason) implements Order {}

        record Heard(Exited exited) implements Order {}

        record Do(Runnable deed) implements Order {}

        record Unlink(Pid peer) implements Order {}
    }

    /** A child that stops when its parent says so, under the name of its id. */
    Child<Order> child(String id) {
        return Child.worker(id, (Context<Order> context) -> new Member(context, id, true))
                .name(name(id));
    }

    /** A child that does not stop when its parent says so. */
    Child<Order> stubborn(String id) {
        return Child.worker(id, (Context<Order> context) -> new Member(context, id, false))
                .name(name(id));
    }

    static Name<Order> name(String id) {
        return Name.of(id);
    }

    static ActorRef<Order> ref(Node node, String id) {
        return node.registry().ref(name(id));
    }

    static Pid pid(Node node, String id) {
        await().until(() -> node.registry().lookup(name(id)).isPresent());
        return ref(node, id).pid();
    }

    /** Waits until the journal says all this, and nothing more. */
    void awaitLines(String... expected) {
        await().atMost(ofSeconds(10)).until(() -> lines.equals(List.of(expected)));
    }

    private final class Member implements Actor<Order> {
        private final Context<Order> context;
        private final String id;
        private final boolean obeys;

        Member(Context<Order> context, String id, boolean obeys) {
            this.context = context;
            this.id = id;
            this.obeys = obeys;
            context.trapExits(Order.Heard::new);
            lines.add("start " + id);
        }

        @Override
        public void receive(Order order) {
            switch (order) {
                case Order.Crash() -> throw new IllegalStateException("ordered to");
                case Order.End(var reason) -> throw context.stop(reason);
                case Order.Heard(var exited) when !obeys -> {}
                case Order.Heard(var exited) -> throw context.stop(exited.reason());
                case Order.Do(var deed) -> deed.run();
                case Order.Unlink(var peer) -> context.unlink(peer);
            }
        }

        @Override
        public void stopped(ExitReason reason) {
            var why = reason instanceof ExitReason.Crashed ? "crashed" : reason.toString();
            lines.add("stop " + id + " " + why);
        }
    }
}
