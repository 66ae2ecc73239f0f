package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Inbox;
import io.coppice.actor.Program;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;
import io.coppice.supervision.Tenancies.Tenancy;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A process around a thing that is none: it opens the thing in its init, waits until it is told to
 * stop or the thing ends by itself, and closes it. A thing that serves of its own accord serves
 * from its init; one that can wait is entered when the process is open.
 *
 * <p>Exits are not trapped before the thing is open: an order to stop interrupts an init that hangs
 * on a connection. What such an init opens all the same is closed at once, for the process owns it.
 */
final class Service<T> implements Program<Object> {

    /** Opens the thing, in the process of {@code context}. */
    @FunctionalInterface
    interface Opening<T> {
        T open(Context<?> context) throws Exception;
    }

    private final Opening<? extends T> opening;
    private final BiConsumer<Context<?>, ? super T> entering;
    private final Child.Stop<? super T> stop;
    private final Function<? super T, ? extends Optional<? extends CompletionStage<?>>> end;
    private final Tenancies tenancies = new Tenancies();

    /** One that has nothing more to do when the process is open. */
    Service(
            Opening<? extends T> opening,
            Child.Stop<? super T> stop,
            Function<? super T, ? extends Optional<? extends CompletionStage<?>>> end) {
        this(opening, (context, thing) -> {}, stop, end);
    }

    /**
     * @param entering what is still to be done when the process is open, and all others are up
     * @param end the end of the thing by itself, if that can be known
     */
    Service(
            Opening<? extends T> opening,
            BiConsumer<Context<?>, ? super T> entering,
            Child.Stop<? super T> stop,
            Function<? super T, ? extends Optional<? extends CompletionStage<?>>> end) {
        this.opening = opening;
        this.entering = entering;
        this.stop = requireNonNull(stop, "stop");
        this.end = end;
    }

    /** What a service hears. */
    private sealed interface News {

        /** The parent, or somebody linked, died or sent an exit signal. */
        record Told(Exited exited) implements News {}

        /** The thing has ended by itself. */
        record Over(Optional<Throwable> failure) implements News {}
    }

    @Override
    public void run(Context<Object> context, Inbox<Object> inbox) throws Exception {
        var thing = context.own(open(context));
        context.trapExits(News.Told::new);
        end.apply(thing.value).ifPresent(stage -> listen(stage, context.self()));
        context.publish(thing.value);
        context.started(thing.value);
        switch (awaitEnd(context, inbox, thing.value)) {
            case News.Told(var exited) -> {
                thing.close();
                throw context.stop(exited.reason());
            }
            case News.Over(var failure) -> {
                try (thing) {
                    failure.ifPresent(Service::<RuntimeException>rethrow);
                }
            }
        }
    }

    private Open open(Context<Object> context) throws Exception {
        var tenancy = tenancies.enter(context);
        try {
            tenancy.awaitTurn();
            return new Open(requireNonNull(opening.open(context), "what was started"), tenancy);
        } catch (Throwable thrown) {
            tenancy.leave();
            throw thrown;
        }
    }

    private static void listen(CompletionStage<?> end, ActorRef<Object> service) {
        // Perhaps in the thread of a source, which must not be held up at a gate that has closed.
        end.whenComplete((value, failure) -> service.offer(new News.Over(unwrapped(failure))));
    }

    private static Optional<Throwable> unwrapped(@Nullable Throwable failure) {
        return failure instanceof CompletionException wrapper && wrapper.getCause() != null
                ? Optional.of(wrapper.getCause())
                : Optional.ofNullable(failure);
    }

    private News awaitEnd(Context<?> context, Inbox<Object> inbox, T thing)
            throws InterruptedException {
        for (var early = inbox.takeUntilOpened();
                early.isPresent();
                early = inbox.takeUntilOpened()) {
            if (isEnd((News) early.get(), context)) {
                return (News) early.get();
            }
        }
        entering.accept(context, thing);
        var news = (News) inbox.take();
        while (!isEnd(news, context)) {
            news = (News) inbox.take();
        }
        return news;
    }

    private static boolean isEnd(News news, Context<?> context) {
        return switch (news) {
            case News.Told(var exited) -> isHeeded(exited, context.parent());
            case News.Over(var failure) -> true;
        };
    }

    /** A parent is obeyed in any case, a stranger as by a process that does not trap exits. */
    private static boolean isHeeded(Exited exited, Optional<Pid> parent) {
        return parent.equals(Optional.of(exited.from()))
                || !(exited.reason() instanceof ExitReason.Normal);
    }

    @SuppressWarnings("unchecked") // the compiler takes any throwable for an E
    private static <E extends Throwable> void rethrow(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** The thing while it is open. Its process and those who bury that both close it: once. */
    private final class Open implements AutoCloseable {
        final T value;
        private final Tenancy tenancy;
        private final AtomicBoolean isClosed = new AtomicBoolean();

        Open(T value, Tenancy tenancy) {
            this.value = value;
            this.tenancy = tenancy;
        }

        @Override
        public void close() throws Exception {
            if (isClosed.compareAndSet(false, true)) {
                try {
                    stop.stop(value);
                } finally {
                    tenancy.leave();
                }
            }
        }

        /** For the report of a close that failed. */
        @Override
        public String toString() {
            return value.toString();
        }
    }
}
