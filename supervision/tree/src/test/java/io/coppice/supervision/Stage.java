package io.coppice.supervision;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Offer;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.StartFailure;
import io.coppice.actor.StartResult;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;
import io.coppice.supervision.Inner.Progress;
import io.coppice.supervision.Supervisor.Message;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A world for one {@link SupervisorState}: carries out its effects on children that exist on paper,
 * and writes down what happens, in the words of the conformance traces.
 */
final class Stage {

    /** What happens in an init. */
    sealed interface Init {
        record Ok() implements Init {}

        record Ignore() implements Init {}

        record Fail(ExitReason reason) implements Init {}

        /** Until {@link Stage#release}. */
        record Hang() implements Init {}
    }

    static final Init OK = new Init.Ok();
    static final Init IGNORE = new Init.Ignore();
    static final Init HANG = new Init.Hang();

    static Init fail(String reason) {
        return new Init.Fail(ExitReason.custom(reason));
    }

    final List<String> trace = new ArrayList<>();
    final List<TreeEvent> events = new ArrayList<>();

    /** Whether anybody is there to be told of events. */
    boolean isHeard = true;

    /** Who has been opened, in order. */
    final List<String> opened = new ArrayList<>();

    final Map<String, Paper> alive = new HashMap<>();

    private final Map<String, Deque<Init>> plans = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, Paper> latest = new HashMap<>();
    private final Set<String> stubborn = new HashSet<>();
    final List<Inner> delayed = new ArrayList<>();
    final List<Duration> delays = new ArrayList<>();
    final List<Double> jitters = new ArrayList<>();
    private final Deque<Message> mailbox = new ArrayDeque<>();
    private Function<String, Init> world = attempt -> OK;
    private SupervisorState state;
    private long now;
    private long pids;
    private Optional<Duration> timer = Optional.empty();
    private Optional<ExitReason> end = Optional.empty();
    private boolean isRunning;

    private Stage(SupervisorState state) {
        this.state = state;
    }

    static Stage of(Supervisor tree) {
        return new Stage(SupervisorState.of(tree, new Paper(0, tree.id(), 1)));
    }

    static Stage of(DynamicSupervisor<?, ?> tree) {
        return new Stage(SupervisorState.of(tree, new Paper(0, tree.id(), 1)));
    }

    /** A child on paper. */
    static final class Paper extends Pid {
        final String id;
        final String name;
        boolean isHeldShut;
        boolean isLinked = true;
        boolean isWatched;
        boolean isInInit = true;
        boolean isOpen;

        Paper(long number, String id, int attempt) {
            super(number, id);
            this.id = id;
            this.name = id + "#" + attempt;
        }
    }

    private record Ref(Pid pid) implements ActorRef<Object> {
        @Override
        public void send(Object message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Offer offer(Object message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Offer offer(Object message, Duration patience) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <R> R call(Function<ReplyTo<R>, ?> request, Duration timeout) {
            throw new UnsupportedOperationException();
        }
    }

    // What a test can do

    /** The inits of {@code id}, in order, before those of the world. */
    Stage plan(String id, Init... inits) {
        plans.computeIfAbsent(id, key -> new ArrayDeque<>()).addAll(List.of(inits));
        return this;
    }

    /** Children of this id trap exits and do not care. */
    Stage stubborn(String id) {
        stubborn.add(id);
        return this;
    }

    /** What the init of each attempt does, where nothing is planned for its id. */
    Stage world(Function<String, Init> world) {
        this.world = world;
        return this;
    }

    Stage boot() {
        return tell(new Inner.Boot());
    }

    /** The supervisor itself is opened. */
    Stage open() {
        return tell(new Inner.Opened());
    }

    Stage tell(Message message) {
        mailbox.add(message);
        return play();
    }

    /** The child ends by itself. */
    Stage ends(String id, ExitReason reason) {
        die(child(id), reason);
        return play();
    }

    Stage crashes(String id) {
        return ends(id, ExitReason.custom("boom"));
    }

    /** The child takes its link away. */
    Stage unlinks(String id) {
        child(id).isLinked = false;
        return this;
    }

    /** The init that hangs goes on. */
    Stage release(String id, Init init) {
        proceed(child(id), init);
        return play();
    }

    Stage parentSays(ExitReason reason) {
        return tell(new Inner.ToldToEnd(reason));
    }

    /** What the supervisor has sent itself for later arrives. */
    Stage laterIsNow() {
        var all = List.copyOf(delayed);
        delayed.clear();
        mailbox.addAll(all);
        return play();
    }

    /** The timer that is set fires. */
    Stage timeIsOver() {
        timer.orElseThrow();
        timer = Optional.empty();
        return tell(new Progress.TimeOver());
    }

    Stage seconds(long seconds) {
        return millis(seconds * 1_000);
    }

    Stage millis(long millis) {
        now += millis * 1_000_000;
        return this;
    }

    /** The events of {@code type} so far. */
    <E extends TreeEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Asks and returns where the answer will be. */
    <R> Asked<R> ask(Function<ReplyTo<R>, Message> request) {
        var asked = new Asked<R>();
        tell(request.apply(asked));
        return asked;
    }

    Asked<ChildStart<Object>> startChild(Child<Object> child) {
        return ask(reply -> new Message.StartChild<>(child, reply));
    }

    Asked<ChildStart<?>> restart(String id) {
        return ask(reply -> new Message.RestartChild(id, reply));
    }

    Asked<Outcome> terminate(String id) {
        return ask(reply -> new Message.TerminateChild(id, reply));
    }

    Asked<Outcome> delete(String id) {
        return ask(reply -> new Message.DeleteChild(id, reply));
    }

    Asked<ChildCount> count() {
        return ask(Message.CountChildren::new);
    }

    /** {@code StartChild} of a dynamic supervisor. */
    Asked<ChildStart<?>> startAnother(Child<Object> child) {
        return ask(reply -> new Inner.DynamicRequest.StartAnother(child, reply));
    }

    /** {@code TerminateChild} of a dynamic supervisor. */
    Asked<Outcome> terminate(Pid pid) {
        return ask(reply -> new Inner.DynamicRequest.TerminateOne(pid, reply));
    }

    /** Where an answer arrives. */
    static final class Asked<R> implements ReplyTo<R> {
        Optional<R> answer = Optional.empty();

        @Override
        public void send(R reply) {
            answer = Optional.of(reply);
        }

        R answer() {
            return answer.orElseThrow();
        }

        boolean isPending() {
            return answer.isEmpty();
        }
    }

    // What a test can see

    /** The trace since the last look. */
    List<String> look() {
        var seen = List.copyOf(trace);
        trace.clear();
        return seen;
    }

    /** Those that live and are not open. */
    List<String> shut() {
        return alive.values().stream().filter(it -> !it.isOpen).map(it -> it.name).toList();
    }

    /** Who has been opened since the last look. */
    List<String> lookOpened() {
        var seen = List.copyOf(opened);
        opened.clear();
        return seen;
    }

    /** For example {@code [b=restarting, a=a#2]}, the newest first. */
    String which() {
        var asked = this.<List<ChildInfo>>ask(Message.WhichChildren::new);
        return asked.answer().stream().map(Stage::show).toList().toString();
    }

    private static String show(ChildInfo info) {
        return info.id()
                + "="
                + switch (info.status()) {
                    case ChildStatus.Running(Paper pid) -> pid.name;
                    case ChildStatus.Running(var pid) -> pid.toString();
                    case ChildStatus.Stopped() -> "undefined";
                    case ChildStatus.Restarting() -> "restarting";
                };
    }

    Paper child(String id) {
        return Optional.ofNullable(latest.get(id)).orElseThrow();
    }

    boolean isAlive(String id) {
        return latest.containsKey(id) && alive.containsValue(latest.get(id));
    }

    /** In the words of OTP. */
    Optional<ExitReason> end() {
        return end.map(Stage::asOtpSays);
    }

    ExitReason reason() {
        return end.orElseThrow();
    }

    Optional<Duration> timer() {
        return timer;
    }

    Pid self() {
        return state.rules().self();
    }

    /** How many messages the supervisor itself keeps for later. */
    int kept() {
        return state.waiting().size();
    }

    long mailboxSize() {
        return mailbox.size();
    }

    // How the world goes

    private Stage play() {
        if (isRunning) {
            return this;
        }
        isRunning = true;
        while (end.isEmpty() && !mailbox.isEmpty()) {
            receive(mailbox.remove());
        }
        isRunning = false;
        return this;
    }

    private void receive(Message message) {
        var step = state.on(message, () -> now, isHeard);
        state = step.state();
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Start(var what) -> start(what);
            case Effect.OpenAll(var pids) -> pids.forEach(pid -> open((Paper) pid));
            case Effect.Watch(var pid) -> watch((Paper) pid);
            case Effect.AskToStop(Paper pid) when !stubborn.contains(pid.id) ->
                    die(pid, ExitReason.SHUTDOWN);
            case Effect.AskToStop(var pid) -> {}
            case Effect.Kill(var pid) -> die((Paper) pid, ExitReason.KILLED);
            case Effect.Drain(var pid) -> trace.add("drain " + ((Paper) pid).id);
            case Effect.SetTimer(var delay) -> timer = Optional.of(delay);
            case Effect.CancelTimer() -> timer = Optional.empty();
            case Effect.SendSelf(var message) -> mailbox.add(message);
            case Effect.SendSelfAfter(var delay, var message) -> {
                delays.add(delay);
                delayed.add(message);
            }
            case Effect.TryAgainAfter(var atMost, var jitter, var next) -> {
                delays.add(atMost);
                jitters.add(jitter);
                delayed.add(next);
            }
            case Effect.CallOff(var place) ->
                    delayed.removeIf(
                            it -> it instanceof Inner.TryAgain next && next.place() == place);
            case Effect.Answer<?> answer -> answer.send();
            case Effect.AnswerCount(var replyTo, var count, var running) ->
                    replyTo.send(count.withActive(running.count(alive::containsValue)));
            case Effect.AnswerIfDead(var replyTo, var pid) ->
                    replyTo.send(
                            alive.containsValue(pid)
                                    ? new Outcome.Refused(new Refusal.NotFound())
                                    : new Outcome.Done());
            case Effect.Started() -> trace.add("started");
            case Effect.End(var reason) -> {
                trace.add("end " + asOtpSays(reason));
                end = Optional.of(reason);
            }
            case Effect.Tell(var event) -> events.add(event);
        }
    }

    private static ExitReason asOtpSays(ExitReason reason) {
        return reason instanceof ExitReason.Shutdown(GaveUp why) ? ExitReason.SHUTDOWN : reason;
    }

    private void start(Phase.Starting what) {
        var id = what.child.spec().id();
        var child = new Paper(++pids, id, attempts.merge(id, 1, Integer::sum));
        child.isHeldShut = what.heldShut;
        latest.put(id, child);
        alive.put(child.name, child);
        trace.add("start " + child.name);
        what.spawned(child);
        var planned = plans.getOrDefault(id, new ArrayDeque<>()).poll();
        proceed(child, planned == null ? world.apply(child.name) : planned);
    }

    private void proceed(Paper child, Init init) {
        switch (init) {
            case Init.Ok() -> {
                child.isInInit = false;
                mailbox.add(
                        new Progress.Up(
                                new StartResult.Running<>(new Ref(child), Optional.empty())));
                if (!child.isHeldShut) {
                    open(child);
                }
            }
            case Init.Ignore() -> die(child, ExitReason.NORMAL);
            case Init.Fail(var reason) -> die(child, reason);
            case Init.Hang() -> {}
        }
    }

    private void open(Paper child) {
        if (child.isOpen) {
            throw new AssertionError(child.name + " opened twice");
        }
        if (alive.values().stream().anyMatch(it -> it.isInInit)) {
            throw new AssertionError(child.name + " opened while there is one in init");
        }
        child.isOpen = true;
        opened.add(child.name);
    }

    private void watch(Paper child) {
        if (alive.containsValue(child)) {
            child.isWatched = true;
        } else {
            mailbox.add(new Progress.Down(child, ExitReason.NO_PROCESS));
        }
    }

    private void die(Paper child, ExitReason reason) {
        if (alive.remove(child.name) == null) {
            return;
        }
        trace.add("exit " + child.name + " " + reason);
        if (child.isInInit) {
            mailbox.add(new Progress.Failed(failure(child, reason)));
        } else if (child.isLinked) {
            mailbox.add(new Inner.Exit(new Exited(child, reason)));
        }
        if (child.isWatched) {
            mailbox.add(new Progress.Down(child, reason));
        }
    }

    private static StartFailure failure(Paper child, ExitReason reason) {
        return reason instanceof ExitReason.Normal
                ? new StartFailure.Ignored(child.name)
                : new StartFailure.InitFailed(child.name, reason);
    }
}
