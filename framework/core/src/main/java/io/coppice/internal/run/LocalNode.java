package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Application;
import io.coppice.actor.Fates;
import io.coppice.actor.Node;
import io.coppice.actor.NodeEvent.DeadLetter;
import io.coppice.actor.NodeOptions;
import io.coppice.actor.ProcessInfo;
import io.coppice.actor.Program;
import io.coppice.actor.Registry;
import io.coppice.actor.ShutdownReport;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.Zombie;
import io.coppice.internal.mailbox.Gate;
import io.coppice.internal.mailbox.Scope;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.process.Signal;
import io.coppice.spi.Chance;
import io.coppice.spi.Clock;
import io.coppice.spi.Scheduler;
import io.coppice.spi.Scheduler.Alarm;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** The node of this JVM: what its processes share. */
public final class LocalNode extends Witnessed implements Node {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int BATCH = 16;
    private static final long SLICE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long SHORT_SLICE_NANOS = TimeUnit.MICROSECONDS.toNanos(1);

    static {
        Stack.prepare();
    }

    final Scheduler scheduler;
    final Zombies zombies;

    /**
     * After so many envelopes an actor looks around: its turn ends with what is in its mailbox
     * then. So who is sent much does much in a turn, and who goes on by sending to itself does not.
     */
    final int batch;

    /** After so many nanoseconds more it ends all the same. */
    final long slice;

    /**
     * The same while a worker runs nothing but what is sent to from outside. What one thread has
     * sent to many at about the same time lies side by side: it is handled so, while it is in the
     * cache.
     */
    final long shortSlice;

    private final Clock clock;
    private final Chance chance;
    private final Names names = new Names(this);
    private final Pid outside = new Outside();
    private final AtomicLong ids = new AtomicLong();
    private final AtLarge atLarge = new AtLarge();

    private final Closings closings = new Closings(this);

    /** What comes from outside of all processes comes through here. */
    private final Gate gate = new Gate(Runtime.getRuntime().availableProcessors());

    /** What has been counted, by each worker for itself and by all other threads together. */
    final Tallies tallies = new Tallies(gate::admitted);

    private final Listeners listeners;

    private final Ending ending;
    private volatile @Nullable LocalProcess<?> root;
    private volatile Optional<Duration> drain = Optional.empty();
    private volatile CompletableFuture<ExitReason> rootEnd =
            CompletableFuture.completedFuture(ExitReason.NORMAL);

    private LocalNode(NodeOptions options) {
        super(null);
        this.batch = BATCH;
        this.slice = SLICE_NANOS;
        this.shortSlice = SHORT_SLICE_NANOS;
        this.clock = System::nanoTime;
        this.zombies = new Zombies(clock);
        this.chance = () -> ThreadLocalRandom.current().nextDouble();
        this.scheduler = new Workers(this, options.workers());
        this.listeners = new Listeners(options.listeners());
        this.ending = new Ending(this, options.hasShutdownHook());
    }

    /** A node that is simulated: others hold its doors. */
    public LocalNode(Doors doors) {
        super(doors.witness());
        this.batch = 0;
        this.slice = 0;
        this.shortSlice = 0;
        this.clock = doors.clock();
        this.zombies = new Zombies(clock);
        this.chance = doors.chance();
        this.scheduler = doors.scheduler();
        this.listeners = new Listeners(List.of());
        this.ending = new Ending(this, false);
    }

    /** The calling thread acts from outside, and is seen to: for one that runs a simulation. */
    public void enter() {
        Seat.take(this);
    }

    /** Where exit signals come from that no process sent. */
    private static final class Outside extends Pid {
        Outside() {
            super(0, "outside");
        }
    }

    public static Node start(NodeOptions options) {
        return new LocalNode(options);
    }

    public static Node start(NodeOptions options, Application<?> root) {
        return new LocalNode(options).startedWith(root);
    }

    /** Starts {@code root} on this node, which has no processes yet. */
    public Node startedWith(Application<?> root) {
        try {
            startRoot(root);
        } catch (RuntimeException failed) {
            stop(Duration.ZERO);
            throw failed;
        }
        return this;
    }

    /** The root is known before its init is done: the node may be told to stop meanwhile. */
    private <M> void startRoot(Application<M> application) {
        var options = SpawnOptions.<M>defaults().withLabel(application.id()).withoutInitDeadline();
        drain = application.drain();
        var birth = birth(application, drain.isPresent() ? options.drainable() : options);
        birth.runAndWait(
                started -> {
                    root = started;
                    rootEnd = ended(started);
                    rootEnd.thenRun(() -> ending.begin(0));
                });
    }

    // What processes share

    long nextId() {
        return ids.incrementAndGet();
    }

    Names names() {
        return names;
    }

    /** The counters of the calling thread. */
    Tally tally() {
        var seat = Seat.mine();
        return seat != null && seat.node == this ? seat.tally : tallies.shared;
    }

    Alarm after(Duration delay, Runnable action) {
        var alarm = new CountedAlarm(this, action);
        alarm.set(nanos(delay));
        return alarm;
    }

    void born(LocalProcess<?> child, @Nullable LocalProcess<?> parent, boolean linked) {
        tellBorn(child, parent);
        if (!linked) {
            atLarge.add(child);
        }
    }

    /** {@code process} may have no link that would end it with the others. */
    void atLarge(LocalProcess<?> process) {
        atLarge.add(process);
    }

    /**
     * {@code process} has died, and nobody has been told: so who dies of that stands after it in
     * the report of a stop.
     */
    void logEnd(LocalProcess<?> process, ExitReason reason) {
        var log = ending.log();
        if (log == null) {
            return;
        }
        try {
            log.ended(process, reason, clock.nanoTime());
        } catch (OutOfMemoryError noRoom) {
            // A line of the report is lost; the news of the death must not be.
        }
    }

    /** All have been told of the death of {@code process}. */
    void died(LocalProcess<?> process) {
        tally().died();
        if (process.isAtLarge()) {
            atLarge.died(process);
        }
    }

    /** {@code duration} in nanoseconds, at most what fits. */
    static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    // From outside

    @Override
    public <C> ActorRef<C> spawn(ActorFactory<C> factory, SpawnOptions<C> options) {
        return birth(factory, options).run();
    }

    @Override
    public <C> ActorRef<C> spawn(Program<C> program, SpawnOptions<C> options) {
        return birth(program, options).run();
    }

    @Override
    public <C> ActorRef<C> start(ActorFactory<C> factory, SpawnOptions<C> options) {
        return birth(factory, options).runAndWait();
    }

    @Override
    public <C> ActorRef<C> start(Program<C> program, SpawnOptions<C> options) {
        return birth(program, options).runAndWait();
    }

    private <C> Birth<C> birth(ActorFactory<C> factory, SpawnOptions<C> options) {
        requireOpen();
        return Birth.of(factory, this, options, null);
    }

    private <C> Birth<C> birth(Program<C> program, SpawnOptions<C> options) {
        requireOpen();
        return Birth.of(program, this, options, null);
    }

    private void requireOpen() {
        requireNoZombie();
        if (ending.isBegun()) {
            throw hasBeenStopped();
        }
    }

    static IllegalStateException hasBeenStopped() {
        return new IllegalStateException("the node has been stopped: nothing can be started on it");
    }

    /**
     * Something that others can see is about to happen, in a thread that holds no lock.
     *
     * @throws StackOverflowError if the act might not get through: nothing has been changed yet
     */
    void beforeAct() {
        Stack.requireRoom();
        scheduler.beforeAct();
    }

    /** As {@link #beforeAct}, for a send, which is too fast for that but in a simulation. */
    void beforeSend(@Nullable LocalProcess<?> from, LocalProcess<?> to, Object message) {
        scheduler.beforeAct();
        tellSent(from, to, message);
    }

    /** Killed code must not act in the name of nobody either. */
    void requireNoZombie() {
        beforeAct();
        var caller = Seat.process();
        if (caller != null) {
            caller.requireAlive();
        }
    }

    @Override
    public Optional<Pid> root() {
        return Optional.ofNullable(root);
    }

    @Override
    public Pid outside() {
        return outside;
    }

    @Override
    public Registry registry() {
        return names;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Chance chance() {
        return chance;
    }

    @Override
    public void exit(Pid target, ExitReason reason) {
        requireNonNull(reason, "reason");
        requireNoZombie();
        LocalProcess.signal(null, LocalProcess.of(target), new Signal.Exit(reason));
    }

    @Override
    public void kill(Pid target) {
        requireNoZombie();
        LocalProcess.signal(null, LocalProcess.of(target), new Signal.Kill());
    }

    @Override
    public boolean isAlive(Pid process) {
        scheduler.beforeAct();
        return !LocalProcess.of(process).isDead();
    }

    @Override
    public Optional<ProcessInfo> info(Pid process) {
        beforeAct();
        return LocalProcess.of(process).info();
    }

    @Override
    public Optional<Object> status(Pid process) {
        beforeAct();
        return LocalProcess.of(process).status();
    }

    @Override
    public CompletableFuture<ExitReason> ended(Pid process) {
        beforeAct();
        var end = new CompletableFuture<ExitReason>();
        var watched = LocalProcess.of(process);
        if (!watched.watch(new EndOf(end))) {
            end.complete(ExitReason.NO_PROCESS);
        }
        return end;
    }

    @Override
    public <T> T await(CompletableFuture<T> result)
            throws InterruptedException, ExecutionException {
        try {
            return await(result, Long.MAX_VALUE);
        } catch (TimeoutException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public <T> T await(CompletableFuture<T> result, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        return await(result, Calls.requireNotNegative(patience));
    }

    private <T> T await(CompletableFuture<T> result, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        Calls.await(this, result.handle((value, thrown) -> "is there"), nanos);
        return result.get();
    }

    @Override
    public long processes() {
        return tallies.alive();
    }

    @Override
    public long timers() {
        return tallies.alarms();
    }

    @Override
    public Fates fates() {
        return tallies.fates();
    }

    @Override
    public List<Zombie> zombies() {
        return zombies.list();
    }

    // Messages that are kept out, or lost

    Gate gate() {
        return gate;
    }

    Listeners listeners() {
        return listeners;
    }

    /** A message is not handled: it is counted, and told to whoever listens. */
    void lost(Object message, Object to, @Nullable Pid from, Fates.Loss why) {
        tally().lost(why);
        var log = ending.log();
        if (log == null && !listeners.any()) {
            return;
        }
        var letter = new DeadLetter(message, to.toString(), Optional.ofNullable(from), why);
        if (log != null) {
            log.lost(letter);
        }
        listeners.tell(letter);
    }

    // The end

    /** {@code process} is told to stop: an exit signal, a kill, a drain. */
    void askedToStop(LocalProcess<?> process) {
        var log = ending.log();
        if (log != null && !process.isDead()) {
            log.asked(process, clock.nanoTime());
        }
    }

    @Override
    public ShutdownReport stop(Duration patience) {
        return ending.stop(Calls.requireNotNegative(requireNonNull(patience, "patience")));
    }

    @Override
    public CompletableFuture<ShutdownReport> beginStop(Duration patience) {
        requireNoZombie();
        return ending.begin(Calls.requireNotNegative(requireNonNull(patience, "patience")));
    }

    /** Ends all that runs on this node, and tells how. */
    ShutdownReport carryOut(NodeStop stop) {
        return stop.run(root, drain);
    }

    StopLog logStop() {
        return ending.startLog();
    }

    /** What the root can be drained with, if with anything. */
    @Nullable Scope rootScope() {
        var top = root;
        return top == null ? null : top.scope();
    }

    CompletableFuture<ExitReason> rootEnd() {
        return rootEnd;
    }

    /** Nothing may hold those who are at large, and no link ends them. */
    void killTheRest() {
        atLarge.killAll(scheduler);
    }

    /** Completes when no code of the dead runs. */
    CompletableFuture<Void> noZombies() {
        return zombies.none();
    }

    Closings closings() {
        return closings;
    }

    void closeScheduler() {
        scheduler.close();
    }

    @Override
    public void close() {
        stop(PATIENCE);
    }
}
