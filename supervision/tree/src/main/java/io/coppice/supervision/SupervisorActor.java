package io.coppice.supervision;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.StartResult;
import io.coppice.actor.TimerRef;
import io.coppice.actor.Timers;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;
import io.coppice.supervision.Inner.DynamicRequest;
import io.coppice.supervision.Inner.Progress;
import io.coppice.supervision.Supervisor.Message;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The process of a supervisor: gives what arrives to its {@link SupervisorState}, and carries out
 * what comes of it. All decisions are made there, all deeds done here.
 *
 * @param <P> the messages of the process: {@link Message}, or a dynamic supervisor's
 */
final class SupervisorActor<P> implements Actor<P> {

    private final Context<P> context;
    private final Function<P, Message> toMessage;
    private final Function<Inner, P> toOwn;
    private final Reports reports;

    /** Whose exits are orders; of a root, which has none, whoever is outside of all processes. */
    private final Pid parent;

    private final LongSupplier clock;
    private final Function<StartResult<?>, P> startNews;
    private final Published published;
    private final Timers<P> timers;
    private final P timeOver;
    private @Nullable TimerRef timer;

    /** Restarts that wait, by the place of the child. */
    private final Map<Long, TimerRef> waiting = new HashMap<>();

    private SupervisorActor(
            Context<P> context,
            SupervisorState state,
            Function<P, Message> toMessage,
            Function<Inner, P> toOwn) {
        this.context = context;
        this.published = new Published(state);
        this.toMessage = toMessage;
        this.toOwn = toOwn;
        this.reports = new Reports(state.rules());
        this.parent = context.parent().orElseGet(context.node()::outside);
        this.clock = context.node().clock()::nanoTime;
        this.timers = context.timers();
        this.timeOver = toOwn.apply(new Progress.TimeOver());
        this.startNews = result -> toOwn.apply(news(result));
    }

    /** Starts {@code tree} in the process of {@code context}. */
    static Actor<Message> of(Supervisor tree, Context<Message> context) {
        var state = under(context, SupervisorState.of(tree, context.self().pid()));
        return new SupervisorActor<>(context, state, message -> message, news -> news)
                .boot(tree.name());
    }

    /** Starts {@code tree} in the process of {@code context}. */
    static <A, M> Actor<DynamicSupervisor.Message<A, M>> of(
            DynamicSupervisor<A, M> tree, Context<DynamicSupervisor.Message<A, M>> context) {
        var state = under(context, SupervisorState.of(tree, context.self().pid()));
        return new SupervisorActor<DynamicSupervisor.Message<A, M>>(
                        context,
                        state,
                        message -> translate(tree.template(), message),
                        DynamicInner::new)
                .boot(tree.name());
    }

    /** A parent that is a supervisor hands down its path and its listeners. */
    private static SupervisorState under(Context<?> context, SupervisorState state) {
        return context.parent()
                .flatMap(parent -> Published.of(parent, context.node()))
                .map(state::below)
                .orElse(state);
    }

    private static <A, M> Message translate(
            ChildTemplate<A, M> template, DynamicSupervisor.Message<A, M> message) {
        return switch (message) {
            case DynamicSupervisor.Message.StartChild<A, M>(var argument, var replyTo) ->
                    new DynamicRequest.StartAnother(
                            template.with(argument), Requests.untyped(replyTo));
            case DynamicSupervisor.Message.TerminateChild<A, M>(var child, var replyTo) ->
                    new DynamicRequest.TerminateOne(child, replyTo);
            case DynamicSupervisor.Message.WhichChildren<A, M>(var replyTo) ->
                    new Message.WhichChildren(replyTo);
            case DynamicSupervisor.Message.CountChildren<A, M>(var replyTo) ->
                    new Message.CountChildren(replyTo);
            case DynamicSupervisor.Message.GetTemplate<A, M>(var replyTo) ->
                    new DynamicRequest.AnswerInTurn<>(replyTo, template);
            case DynamicSupervisor.Message.Stop<A, M>(var reason) -> new Message.Stop(reason);
            case DynamicInner<A, M>(var news) -> news;
        };
    }

    private Actor<P> boot(Optional<Name<P>> name) {
        name.ifPresent(this::register);
        context.trapExits(exited -> toOwn.apply(news(exited)));
        context.holdStart();
        handle(new Inner.Boot());
        return this;
    }

    /** As a child it has its name already; as a root, or wrapped, it does not. */
    private void register(Name<P> name) {
        var registry = context.node().registry();
        var self = context.self();
        if (!registry.lookup(name).map(ActorRef::pid).equals(Optional.of(self.pid()))) {
            registry.register(name, self);
        }
    }

    private Inner news(Exited exited) {
        return exited.from().equals(parent)
                ? new Inner.ToldToEnd(exited.reason())
                : new Inner.Exit(exited);
    }

    /** Not even what cannot be meant for it ends a supervisor; OTP's logs that as well. */
    @Override
    public void receive(P message) {
        if (message instanceof Message || message instanceof DynamicSupervisor.Message) {
            handle(toMessage.apply(message));
        } else {
            reports.unexpected(message);
        }
    }

    @Override
    public void opened() {
        handle(new Inner.Opened());
    }

    private void handle(Message message) {
        if (message instanceof Inner.TryAgain due) {
            waiting.remove(due.place());
        }
        var step = published.state().on(message, clock, reports.areHeard());
        published.set(step.state());
        context.publish(published); // whoever wraps this may have published something else
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Start it -> start(it.what());
            case Effect.Tell it -> reports.tell(it.event());
            case Effect.OpenAll it -> it.pids().forEach(context::open);
            case Effect.Watch it -> watch(it.pid());
            case Effect.AskToStop it -> context.exit(it.pid(), ExitReason.SHUTDOWN);
            case Effect.Drain it -> drain(it.pid());
            case Effect.Kill it -> context.kill(it.pid());
            case Effect.SetTimer it -> timer = timers.after(it.delay(), timeOver);
            case Effect.CancelTimer it -> cancelTimer();
            case Effect.SendSelf it -> context.self().send(toOwn.apply(it.message()));
            case Effect.SendSelfAfter it -> timers.after(it.delay(), toOwn.apply(it.message()));
            case Effect.TryAgainAfter it -> tryAgain(it);
            case Effect.CallOff it -> callOff(it.place());
            case Effect.Answer<?> it -> reports.answer(it::send);
            case Effect.AnswerCount it -> reports.answer(() -> answer(it));
            case Effect.AnswerIfDead it -> reports.answer(() -> answer(it));
            case Effect.Started it -> context.started();
            case Effect.End it -> throw context.stop(it.reason());
        }
    }

    private void answer(Effect.AnswerCount it) {
        it.replyTo().send(it.count().withActive(it.running().count(context.node()::isAlive)));
    }

    private void answer(Effect.AnswerIfDead it) {
        it.replyTo()
                .send(
                        context.node().isAlive(it.pid())
                                ? new Outcome.Refused(new Refusal.NotFound())
                                : new Outcome.Done());
    }

    private void watch(Pid pid) {
        context.monitor(pid, down -> toOwn.apply(new Progress.Down(pid, down.reason())));
    }

    private void drain(Pid pid) {
        context.drain(pid, () -> toOwn.apply(new Progress.Drained(pid)));
    }

    private void tryAgain(Effect.TryAgainAfter it) {
        var delay = jittered(it.atMost(), it.jitter());
        waiting.put(it.next().place(), timers.after(delay, toOwn.apply(it.next())));
    }

    private Duration jittered(Duration atMost, double jitter) {
        double left = 1 - jitter * context.node().chance().nextDouble();
        return Duration.ofNanos((long) (atMost.toNanos() * left));
    }

    private void start(Phase.Starting what) {
        what.spawned(Body.startLinked(what.child.spec(), what.heldShut, context, startNews).pid());
    }

    private static Inner news(StartResult<?> result) {
        return switch (result) {
            case StartResult.Running<?> child -> new Progress.Up(child);
            case StartResult.Failed<?>(var failure) -> new Progress.Failed(failure);
        };
    }

    private void callOff(long place) {
        var restart = waiting.remove(place);
        if (restart != null) {
            restart.cancel();
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
