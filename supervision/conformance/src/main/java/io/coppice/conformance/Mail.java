package io.coppice.conformance;

import io.coppice.conformance.TestActor.Message;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The messages that a test actor has received and not yet taken, oldest first.
 *
 * <p>They are older than whatever still waits in the mailbox of the process.
 */
final class Mail {

    private final Deque<Message.Letter> letters = new ArrayDeque<>();

    void add(Message.Letter letter) {
        letters.add(letter);
    }

    int size() {
        return letters.size();
    }

    Optional<Message.Letter> take() {
        return Optional.ofNullable(letters.poll());
    }

    /** Takes the first command, past all messages. */
    Optional<Message.Letter> takeCommand() {
        return takeFirst(Message.Execute.class::isInstance);
    }

    /** Takes out the first exit of {@code peer}, and says whether there was one. */
    boolean flushExit(Pid peer) {
        return takeFirst(
                        letter ->
                                letter instanceof Message.Exit(var news)
                                        && news.from().equals(peer))
                .isPresent();
    }

    /** Takes out the news of {@code monitor}, and says whether there was any. */
    boolean flushDown(MonitorRef monitor) {
        return takeFirst(
                        letter ->
                                letter instanceof Message.Gone(var news)
                                        && news.monitor().equals(monitor))
                .isPresent();
    }

    private Optional<Message.Letter> takeFirst(Predicate<Message.Letter> wanted) {
        for (Iterator<Message.Letter> all = letters.iterator(); all.hasNext(); ) {
            var letter = all.next();
            if (wanted.test(letter)) {
                all.remove();
                return Optional.of(letter);
            }
        }
        return Optional.empty();
    }
}
