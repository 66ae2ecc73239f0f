package io.coppice.supervision;

import static io.coppice.supervision.Child.loop;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A source and what depends on it, while the state that it feeds is killed again and again. */
@ParameterizedClass
@EnumSource(SourceTest.Kind.class)
class SourceTest extends OnANode {

    private static final int KILLS = 1_000;
    private static final int BURST = 20;
    private static final Name<Object> STATE = Name.of("state");

    /** What pulls from the source. */
    enum Kind {
        /** A process that an actor spawns when it is opened. */
        OF_AN_ACTOR,
        PROGRAM,
        LOOP
    }

    /**
     * Something pulled.
     *
     * @param state the incarnation of the state that was up when its reader began
     */
    private record Item(int state) {}

    @Parameter Kind kind;

    /** An item for each permit. */
    private final Semaphore source = new Semaphore(0);

    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicInteger states = new AtomicInteger();
    private final AtomicLong pulled = new AtomicLong();
    private final AtomicLong handled = new AtomicLong();
    private final AtomicInteger reading = new AtomicInteger();
    private volatile int up;

    /** Which incarnation of the state is up. It must have been when the group was opened. */
    private void read(ActorRef<Object> target) throws InterruptedException {
        int mine = up;
        reading.incrementAndGet();
        try {
            if (mine != states.get()) {
                wrong.add("opened while state " + states + " was in init");
            }
            while (true) {
                source.acquire();
                pulled.incrementAndGet();
                target.send(new Item(mine));
            }
        } finally {
            reading.decrementAndGet();
        }
    }

    private Child<?> state() {
        ActorFactory<Object> factory =
                context -> {
                    int me = states.incrementAndGet();
                    long before = pulled.get();
                    Thread.yield();
                    if (kind == Kind.LOOP && pulled.get() != before) {
                        wrong.add("pulled while state " + me + " was in init");
                    }
                    up = me;
                    return message -> {
                        if (((Item) message).state() != me) {
                            wrong.add("state " + me + " got " + message);
                        }
                        handled.incrementAndGet();
                    };
                };
        return worker("state", factory).name(STATE);
    }

    private Child<?> source() {
        return switch (kind) {
            case OF_AN_ACTOR -> worker("feed", Feed::new);
            case PROGRAM -> {
                Program<Object> program =
                        (context, inbox) -> {
                            inbox.awaitOpened();
                            read(context.node().registry().ref(STATE));
                        };
                yield worker("feed", program);
            }
            case LOOP -> loop("feed", itsNode -> read(itsNode.registry().ref(STATE)));
        };
    }

    private final class Feed implements Actor<Object> {
        private final Context<Object> context;

        Feed(Context<Object> context) {
            this.context = context;
        }

        @Override
        public void opened() {
            var target = context.node().registry().ref(STATE);
            Program<Object> reader = (inner, inbox) -> read(target);
            context.spawnLinked(reader);
        }

        @Override
        public void receive(Object message) {}
    }

    private Supervisor tree() {
        return supervisor("top", REST_FOR_ONE)
                .restarts(2 * KILLS, ofHours(1))
                .children(state(), source());
    }

    private static void until(Callable<Boolean> isSo) {
        await().atMost(SOON).pollDelay(ZERO).pollInterval(ofMillis(1)).until(isSo);
    }

    @Test
    @Timeout(300)
    void nothing_reaches_a_state_that_was_pulled_for_the_one_before_it() {
        var root = start(tree());
        for (int kill = 1; kill <= KILLS; kill++) {
            int before = up;
            long some = handled.get();
            source.release(BURST);
            until(() -> handled.get() > some);
            node.kill(node.registry().ref(STATE).pid());
            until(() -> up > before);
        }
        node.kill(root.pid());
        until(() -> node.processes() == 0 && reading.get() == 0 && node.fates().isBalanced());

        assertThat(wrong).isEmpty();
        assertThat(pulled.get() + source.availablePermits()).isEqualTo((long) KILLS * BURST);
        assertThat(pulled.get() - handled.get())
                .as("lost, each for a reason that is counted")
                .isLessThanOrEqualTo(lost());
    }

    private long lost() {
        var fates = node.fates();
        return fates.dropped().values().stream().mapToLong(Long::longValue).sum()
                + fates.refused().values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void nothing_is_pulled_after_the_node_has_stopped() {
        for (int round = 0; round < 100; round++) {
            states.set(0);
            var house = Node.start(tree());
            source.drainPermits();
            long some = pulled.get();
            source.release(BURST);
            until(() -> pulled.get() > some);
            source.release(1_000_000);
            var report = house.stop(SOON);
            int left = reading.get();
            long last = pulled.get();
            until(() -> reading.get() == 0);

            assertThat(left).as("sources left").isZero();
            assertThat(report.zombies()).isEmpty();
            assertThat(pulled).hasValue(last);
        }
    }
}
