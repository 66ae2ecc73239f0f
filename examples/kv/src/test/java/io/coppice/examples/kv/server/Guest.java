package io.coppice.examples.kv.server;

import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Reply;
import io.netty.channel.embedded.EmbeddedChannel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client in a simulation: its channel has no socket, and moves when the test looks at it. */
final class Guest {

    private final Channel channel = new Channel();
    private final List<Reply> answers = new ArrayList<>();
    private int asked;

    /** Does one task after the other, as the thread of a real channel does. */
    private static final class Channel extends EmbeddedChannel {
        private boolean isBusy;

        @Override
        public void runPendingTasks() {
            if (!isBusy) {
                isBusy = true;
                super.runPendingTasks();
                isBusy = false;
            }
        }
    }

    Guest(Door door) {
        door.arrive(channel);
    }

    /** Sends a request, and does not wait for its answer. */
    void ask(String... words) {
        asked++;
        channel.writeInbound(Arrays.stream(words).map(Bytes::of).toList());
    }

    /** Takes in what has come. */
    Guest look() {
        channel.runPendingTasks();
        for (Reply next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            answers.add(next);
        }
        return this;
    }

    boolean isAnswered() {
        return answers.size() == asked;
    }

    /** What has come so far, in order. */
    List<Reply> answers() {
        return answers;
    }
}
