package io.coppice.internal.run;

import static io.coppice.process.ExitReason.NORMAL;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.ActorFactory;
import io.coppice.fixture.House;
import io.coppice.fixture.Waiting;
import io.coppice.internal.mailbox.Envelope;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.concurrent.CompletableFuture;

/** What a thread goes through that is done with a process, before it turns to the next. */
class SettleTest {

    @RegisterExtension private final House house = new House();

    /** Something that the dead have left, which is dropped by the thread that ran them. */
    private static final class Left extends Envelope {
        private final Runnable whenDropped;

        Left(Runnable whenDropped) {
            super("left");
            this.whenDropped = whenDropped;
        }

        @Override
        public Object content() {
            whenDropped.run();
            return super.content();
        }
    }

    @Test
    void one_that_has_ended_by_itself_is_not_interrupted_while_what_it_left_is_dropped() {
        var interrupted = new CompletableFuture<Boolean>();
        ActorFactory<Object> actor =
                context ->
                        message -> {
                            var me = LocalProcess.of(context.self().pid());
                            me.inform(new Left(() -> interruptAgain(me, interrupted)));
                            throw context.stop(NORMAL);
                        };
        house.node().spawn(actor).send("stop");

        assertThat(Waiting.<Boolean>of(interrupted)).isFalse();
    }

    /** As the watch does, which sees a thread that runs one who is dead. */
    private static void interruptAgain(
            LocalProcess<?> dead, CompletableFuture<Boolean> interrupted) {
        if (!dead.isDead()) {
            return;
        }
        var watch = new Thread(dead::interruptAgain);
        watch.start();
        while (watch.isAlive()) {
            Thread.onSpinWait();
        }
        interrupted.complete(Thread.currentThread().isInterrupted());
    }
}
