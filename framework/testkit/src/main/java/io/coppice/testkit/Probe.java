package io.coppice.testkit;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.CallTimeout;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A process that records what it is sent, and a test's view of it. Waits in the time of its node:
 * on a simulated one no real time passes, on another nobody sleeps.
 *
 * <p>Messages are expected in the order of their arrival: each may be expected once, and those
 * before it cannot be any more. To be used by one thread.
 *
 * @param <M> what it is sent
 */
public final class Probe<M> {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final ActorRef<Object> actor;
    private final ActorRef<M> ref;

    /** How many messages have been expected or passed over. */
    private int seen;

    @SuppressWarnings("unchecked") // the actor takes any message, those of M included
    private Probe(ActorRef<Object> actor) {
        this.actor = actor;
        this.ref = (ActorRef<M>) (ActorRef<?>) actor;
    }

    /** A probe on any node. */
    public static <M> Probe<M> on(Node node, String label) {
        ActorFactory<Object> recorder = Recorder::new;
        return new Probe<>(node.start(recorder, SpawnOptions.<Object>defaults().withLabel(label)));
    }

    /** Where to send. */
    public ActorRef<M> ref() {
        return ref;
    }

    /** The process itself. */
    public Pid pid() {
        return ref.pid();
    }

    /** The next message, which must come within three seconds. */
    public M expect() {
        return expect(SOON);
    }

    /** The next message, which must come within {@code time}. */
    public M expect(Duration time) {
        return next(any -> true, time, "a message");
    }

    /** The next message, which must come within three seconds and equal {@code message}. */
    public void expect(M message) {
        var came = expect(SOON);
        if (!message.equals(came)) {
            throw new AssertionError("expected " + message + " but " + came + " came");
        }
    }

    /** The next message of {@code type}; others before it are passed over. */
    public <T extends M> T expect(Class<T> type) {
        return type.cast(next(type::isInstance, SOON, "a " + type.getSimpleName()));
    }

    /** The next message that is {@code wanted}; others before it are passed over. */
    public M expect(Predicate<? super M> wanted) {
        return next(wanted, SOON, "a message that is wanted");
    }

    /** No message comes within {@code time}. */
    public void expectNone(Duration time) {
        var come = ask(any -> true, time);
        if (come != null) {
            throw new AssertionError("expected no message but " + come.message() + " came");
        }
    }

    /** All that has come so far, expected or not. */
    @SuppressWarnings("unchecked") // it is sent nothing but M
    public List<M> received() {
        return (List<M>) actor.<List<Object>>call(History::new, SOON);
    }

    /**
     * Why {@code process} ended, which it must within three seconds; {@code NoProcess} if it had
     * ended before.
     */
    public ExitReason expectEnd(Pid process) {
        return expectingEnd(process).get();
    }

    /**
     * Watches {@code process} from now on.
     *
     * @return {@link #expectEnd}, without the race between an end and the look for it
     */
    public Supplier<ExitReason> expectingEnd(Pid process) {
        actor.<Boolean>call(replyTo -> new Watch(process, replyTo), SOON);
        return () -> reason(process);
    }

    private ExitReason reason(Pid process) {
        try {
            return actor.call(replyTo -> new WantEnd(process, replyTo), SOON);
        } catch (CallTimeout alive) {
            throw new AssertionError("expected the end of " + process + ", which is alive", alive);
        }
    }

    private M next(Predicate<? super M> wanted, Duration time, String what) {
        var come = ask(wanted, time);
        if (come == null) {
            throw new AssertionError(
                    "expected %s within %s; of %s none was".formatted(what, time, received()));
        }
        return come.message();
    }

    @SuppressWarnings("unchecked") // it is sent nothing but M
    private @Nullable Come<M> ask(Predicate<? super M> wanted, Duration time) {
        try {
            Come<M> come =
                    (Come<M>)
                            actor.<Come<?>>call(
                                    replyTo ->
                                            new Want(
                                                    seen,
                                                    message -> wanted.test((M) message),
                                                    replyTo),
                                    time);
            seen = come.place() + 1;
            return come;
        } catch (CallTimeout none) {
            return null;
        }
    }

    private record Come<M>(int place, M message) {}

    private record Want(int from, Predicate<Object> wanted, ReplyTo<Come<?>> replyTo) {}

    private record History(ReplyTo<List<Object>> replyTo) {}

    private record Watch(Pid process, ReplyTo<Boolean> replyTo) {}

    private record WantEnd(Pid process, ReplyTo<ExitReason> replyTo) {}

    private record Ended(Pid process, Down down) {}

    /** The process. It forgets nothing, so an answer that comes too late loses nothing. */
    private static final class Recorder implements io.coppice.actor.Actor<Object> {
        private final Context<Object> context;
        private final List<Object> messages = new ArrayList<>();
        private final Map<Pid, ExitReason> ends = new HashMap<>();
        private @Nullable Want want;
        private @Nullable WantEnd wantEnd;

        Recorder(Context<Object> context) {
            this.context = context;
        }

        @Override
        public void receive(Object message) {
            switch (message) {
                case Want asked -> {
                    want = asked;
                    answer(asked);
                }
                case History(var replyTo) -> replyTo.send(List.copyOf(messages));
                case Watch(var process, var replyTo) -> {
                    ends.remove(process);
                    context.monitor(process, down -> new Ended(process, down));
                    replyTo.send(true);
                }
                case WantEnd asked -> {
                    wantEnd = asked;
                    answerEnd(asked);
                }
                case Ended(var process, var down) -> {
                    ends.putIfAbsent(process, down.reason());
                    if (wantEnd != null) {
                        answerEnd(wantEnd);
                    }
                }
                default -> {
                    messages.add(message);
                    if (want != null) {
                        answer(want);
                    }
                }
            }
        }

        private void answerEnd(WantEnd asked) {
            var reason = ends.get(asked.process());
            if (reason != null) {
                asked.replyTo().send(reason);
                wantEnd = null;
            }
        }

        private void answer(Want asked) {
            for (int place = asked.from(); place < messages.size(); place++) {
                if (asked.wanted().test(messages.get(place))) {
                    asked.replyTo().send(new Come<>(place, messages.get(place)));
                    want = null;
                    return;
                }
            }
        }
    }
}
