package io.coppice.supervision;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Answer;
import io.coppice.actor.Context;
import io.coppice.actor.NoSuchProcess;
import io.coppice.actor.Program;
import io.coppice.actor.ReplyTo;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.DynamicSupervisor.Message;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Stands for a task on its caller's side: has it started, is linked to it, and hands its result
 * over.
 *
 * <p>Thus one process ends whatever becomes of the task, be it refused, killed, or without a
 * supervisor; and the caller, being linked to that process or monitoring it from its beginning, is
 * told by the runtime, once.
 */
final class Deputy<R extends @Nullable Object> implements Actor<Deputy.News<R>> {

    /** Until the supervisor has answered or ended. It answers as soon as its turn comes. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    /** What a deputy hears. */
    sealed interface News<R extends @Nullable Object> {

        /** Somebody outside waits for the result, from now on. */
        record Begin<R extends @Nullable Object>(ReplyTo<TaskResult.Done<R>> replyTo)
                implements News<R> {}

        /** What became of the start. */
        record Answered<R extends @Nullable Object>(Answer<ChildStart<Void>> answer)
                implements News<R> {}

        /** The task has returned {@code value}, and ends. */
        record Finished<R extends @Nullable Object>(Pid task, R value) implements News<R> {}
    }

    /** How the result gets to the caller. */
    @FunctionalInterface
    interface Delivery<R extends @Nullable Object> {

        /**
         * @return why the deputy ends
         */
        ExitReason deliver(News.Finished<R> result, Context<?> context);
    }

    private final Context<News<R>> context;
    private final ActorRef<Message<Program<Void>, Void>> tasks;
    private final Callable<? extends R> work;
    private Delivery<R> delivery;

    private Deputy(
            Context<News<R>> context,
            ActorRef<Message<Program<Void>, Void>> tasks,
            Callable<? extends R> work,
            Delivery<R> delivery) {
        this.context = context;
        this.tasks = tasks;
        this.work = work;
        this.delivery = delivery;
    }

    /** One that begins at once. */
    static <R extends @Nullable Object> ActorFactory<News<R>> delivering(
            ActorRef<Message<Program<Void>, Void>> tasks,
            Callable<? extends R> work,
            Delivery<R> delivery) {
        return context -> {
            var deputy = new Deputy<R>(context, tasks, work, delivery);
            deputy.begin();
            return deputy;
        };
    }

    /** One that waits for {@link News.Begin}. */
    static <R extends @Nullable Object> ActorFactory<News<R>> answering(
            ActorRef<Message<Program<Void>, Void>> tasks, Callable<? extends R> work) {
        return context ->
                new Deputy<R>(context, tasks, work, (result, itself) -> ExitReason.NORMAL);
    }

    @Override
    public void receive(News<R> news) {
        switch (news) {
            case News.Begin<R>(var replyTo) -> {
                delivery =
                        (result, itself) -> {
                            replyTo.send(new TaskResult.Done<>(result.value()));
                            return ExitReason.NORMAL;
                        };
                begin();
            }
            case News.Answered<R>(var answer) -> whyNotStarted(answer).ifPresent(context::stop);
            case News.Finished<R> result -> {
                context.unlink(result.task());
                throw context.stop(delivery.deliver(result, context));
            }
        }
    }

    private void begin() {
        context.<Message<Program<Void>, Void>, ChildStart<Void>>request(
                tasks,
                replyTo -> new Message.StartChild<>(task(context.self(), work), replyTo),
                FOREVER,
                News.Answered::new);
    }

    private static <R extends @Nullable Object> Program<Void> task(
            ActorRef<News<R>> deputy, Callable<? extends R> work) {
        return (context, inbox) -> {
            try {
                context.link(deputy.pid());
            } catch (NoSuchProcess nobodyWaits) {
                throw context.ignore();
            }
            context.started();
            deputy.send(new News.Finished<>(context.self().pid(), work.call()));
        };
    }

    /** Never {@code Normal}: that would be no news to those who are linked. */
    private static Optional<ExitReason> whyNotStarted(Answer<ChildStart<Void>> answer) {
        return switch (answer) {
            case Answer.Received<ChildStart<Void>>(ChildStart.Started<Void> started) ->
                    Optional.empty();
            case Answer.Received<ChildStart<Void>>(ChildStart.Refused<Void>(var why)) ->
                    Optional.of(
                            why instanceof Refusal.StartFailed(var reason)
                                    ? reason
                                    : ExitReason.custom(why));
            case Answer.Ended<ChildStart<Void>>(var reason)
                    when !(reason instanceof ExitReason.Normal) ->
                    Optional.of(reason);
            case Answer.Ended<ChildStart<Void>> ended -> Optional.of(ExitReason.NO_PROCESS);
            case Answer.Received<ChildStart<Void>> ignored -> Optional.of(ExitReason.NO_PROCESS);
            case Answer.TimedOut<ChildStart<Void>> late -> Optional.of(ExitReason.NO_PROCESS);
            case Answer.Refused<ChildStart<Void>>(var why) -> Optional.of(ExitReason.custom(why));
        };
    }
}
