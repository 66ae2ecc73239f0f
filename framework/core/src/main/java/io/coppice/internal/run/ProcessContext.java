package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Answer;
import io.coppice.actor.Context;
import io.coppice.actor.Monitored;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ProcessEnded;
import io.coppice.actor.Program;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartResult;
import io.coppice.actor.Timers;
import io.coppice.internal.mailbox.News;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;
import io.coppice.process.Signal;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What {@code me} can do. Every act first asks whether it is still {@code me} who acts. */
record ProcessContext<M>(LocalProcess<M> me) implements Context<M> {

    private static final Signal OPEN = new Signal.Open();

    /**
     * @return {@code me}, alive and acting
     * @throws ProcessEnded if it has ended: its code runs on, but not in the name of a process
     */
    private LocalProcess<M> acting() {
        me.node.beforeAct();
        return alive();
    }

    /** {@link #acting}, for what changes nothing itself. */
    private LocalProcess<M> alive() {
        me.requireAlive();
        if (Seat.process() != me) {
            throw new IllegalStateException(
                    "context of " + me + " used by another thread: " + Thread.currentThread());
        }
        return me;
    }

    @Override
    public ActorRef<M> self() {
        return me;
    }

    @Override
    public Optional<Pid> parent() {
        return me.parent();
    }

    @Override
    public Node node() {
        return me.node;
    }

    // Links

    @Override
    public void link(Pid peer) {
        acting().link(LocalProcess.of(peer));
        me.unwindIfDead();
    }

    @Override
    public void unlink(Pid peer) {
        acting().unlink(LocalProcess.of(peer));
    }

    @Override
    public boolean unlinkAndFlush(Pid peer) {
        unlink(peer);
        return me.flush(news -> news instanceof Exited exited && exited.from() == peer);
    }

    @Override
    public boolean trapExits(Function<? super Exited, ? extends M> news) {
        return acting().trap(requireNonNull(news, "news"));
    }

    @Override
    public boolean stopTrappingExits() {
        return acting().trap(null);
    }

    // Monitors

    @Override
    public MonitorRef monitor(Pid target, Function<? super Down, ? extends M> news) {
        return monitor(LocalProcess.of(target), null, news);
    }

    @Override
    public MonitorRef monitor(Name<?> name, Function<? super Down, ? extends M> news) {
        return monitor(me.node.names().holder(name.value()), name.value(), news);
    }

    private MonitorRef monitor(
            @Nullable LocalProcess<?> target,
            @Nullable String name,
            Function<? super Down, ? extends M> news) {
        var monitor = new ProcessMonitor(acting(), target, name, requireNonNull(news, "news"));
        me.monitor(monitor);
        return monitor;
    }

    @Override
    public boolean demonitor(MonitorRef monitor) {
        if (monitor instanceof ProcessMonitor mine && mine.owner == me) {
            return acting().demonitor(mine);
        }
        throw new IllegalArgumentException(monitor + " is not a monitor of " + me);
    }

    @Override
    public boolean demonitorAndFlush(MonitorRef monitor) {
        boolean active = demonitor(monitor);
        me.flush(news -> news instanceof Down down && down.monitor() == monitor);
        return active;
    }

    // Ends

    @Override
    public void exit(Pid target, ExitReason reason) {
        requireNonNull(reason, "reason");
        LocalProcess.signal(acting(), LocalProcess.of(target), new Signal.Exit(reason));
        me.unwindIfDead();
    }

    @Override
    public void kill(Pid target) {
        LocalProcess.signal(acting(), LocalProcess.of(target), new Signal.Kill());
        me.unwindIfDead();
    }

    @Override
    public ProcessEnded stop(ExitReason reason) {
        acting().askToStop(requireNonNull(reason, "reason"));
        throw new ProcessEnded(me, "stops");
    }

    // Starting

    @Override
    public ProcessEnded ignore() {
        requireInit("ignore").withExtras(extras -> extras.ignored |= !me.is(Guarded.STOPPING));
        me.askToStop(ExitReason.NORMAL);
        throw new ProcessEnded(me, "asks to be ignored");
    }

    @Override
    public void holdStart() {
        requireInit("holdStart").withExtras(extras -> extras.startHeld = true);
    }

    private LocalProcess<M> requireInit(String what) {
        if (acting().is(Guarded.INITIALISED)) {
            throw new IllegalStateException(what + " of " + me + " after its init");
        }
        return me;
    }

    @Override
    public void started() {
        acting().startedMeanwhile(Optional.empty());
    }

    @Override
    public void started(Object info) {
        acting().startedMeanwhile(Optional.of(info));
    }

    // Children

    @Override
    public <C> ActorRef<C> spawn(ActorFactory<C> factory, SpawnOptions<C> options) {
        return birth(factory, options).run();
    }

    @Override
    public <C> ActorRef<C> spawn(Program<C> program, SpawnOptions<C> options) {
        return birth(program, options).run();
    }

    @Override
    public <C> ActorRef<C> spawnLinked(ActorFactory<C> factory, SpawnOptions<C> options) {
        return birth(factory, options).linked().run();
    }

    @Override
    public <C> ActorRef<C> spawnLinked(Program<C> program, SpawnOptions<C> options) {
        return birth(program, options).linked().run();
    }

    @Override
    public <C> Monitored<C> spawnMonitored(
            ActorFactory<C> factory,
            SpawnOptions<C> options,
            Function<? super Down, ? extends M> news) {
        return birth(factory, options).runMonitored(news);
    }

    @Override
    public <C> Monitored<C> spawnMonitored(
            Program<C> program, SpawnOptions<C> options, Function<? super Down, ? extends M> news) {
        return birth(program, options).runMonitored(news);
    }

    @Override
    public <C> Monitored<C> spawnLinkedAndMonitored(
            ActorFactory<C> factory,
            SpawnOptions<C> options,
            Function<? super Down, ? extends M> news) {
        return birth(factory, options).linked().runMonitored(news);
    }

    @Override
    public <C> ActorRef<C> start(ActorFactory<C> factory, SpawnOptions<C> options) {
        return birth(factory, options).runAndWait();
    }

    @Override
    public <C> ActorRef<C> start(Program<C> program, SpawnOptions<C> options) {
        return birth(program, options).runAndWait();
    }

    @Override
    public <C> ActorRef<C> startLinked(ActorFactory<C> factory, SpawnOptions<C> options) {
        return birth(factory, options).linked().runAndWait();
    }

    @Override
    public <C> ActorRef<C> startLinked(Program<C> program, SpawnOptions<C> options) {
        return birth(program, options).linked().runAndWait();
    }

    @Override
    public <C> ActorRef<C> startLinked(
            ActorFactory<C> factory,
            SpawnOptions<C> options,
            Function<? super StartResult<C>, ? extends M> done) {
        return birth(factory, options).linked().run(done);
    }

    @Override
    public <C> ActorRef<C> startLinked(
            Program<C> program,
            SpawnOptions<C> options,
            Function<? super StartResult<C>, ? extends M> done) {
        return birth(program, options).linked().run(done);
    }

    @Override
    public void open(Pid child) {
        var process = LocalProcess.of(child);
        var parent = process.parent;
        if (parent != null && parent != me) {
            throw new IllegalArgumentException(child + " is not a child of " + me);
        }
        LocalProcess.signal(acting(), process, OPEN);
    }

    private <C> Birth<C> birth(ActorFactory<C> factory, SpawnOptions<C> options) {
        return Birth.of(factory, me.node, options, acting());
    }

    private <C> Birth<C> birth(Program<C> program, SpawnOptions<C> options) {
        return Birth.of(program, me.node, options, acting());
    }

    private <T> Consumer<T> telling(Function<? super T, ? extends M> toMessage) {
        requireNonNull(toMessage, "done");
        return what -> me.inform(new News<>(what, toMessage));
    }

    // Requests and timers

    @Override
    public <T, R> void request(
            ActorRef<T> target,
            Function<ReplyTo<R>, ? extends T> request,
            Duration timeout,
            Function<? super Answer<R>, ? extends M> done) {
        Calls.requirePositive(timeout);
        acting();
        Consumer<Answer<R>> tell = telling(done);
        var callee = Calls.find(target);
        if (callee == null) {
            tell.accept(new Answer.Ended<>(ExitReason.NO_PROCESS));
            return;
        }
        var pending = new PendingReply<R>(me.node, tell, me.scope());
        var message = pending.message(request);
        pending.expireAfter(timeout);
        callee.ask(pending, message, LocalNode.nanos(timeout));
    }

    @Override
    public Timers<M> timers() {
        return new ProcessTimers<>(alive());
    }

    @Override
    public void drain(Pid child, Supplier<? extends M> done) {
        requireNonNull(done, "done");
        var process = acting();
        LocalProcess.of(child)
                .drain(() -> process.inform(new News<>(child, drained -> done.get())));
    }

    @Override
    public void publish(Object status) {
        requireNonNull(status, "status");
        var process = acting();
        var mine = process.extras; // only this process publishes in it, and then it stays
        if (mine == null || mine.status != status) {
            process.withExtras(extras -> extras.status = status);
        }
    }

    @Override
    public <R extends AutoCloseable> R own(R resource) {
        requireNonNull(resource, "resource");
        me.node.beforeAct();
        me.own(resource);
        alive();
        return resource;
    }

    @Override
    public String toString() {
        return "context of " + me;
    }
}
