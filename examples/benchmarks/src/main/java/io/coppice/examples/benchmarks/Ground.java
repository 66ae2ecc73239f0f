package io.coppice.examples.benchmarks;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.Program;
import io.coppice.process.Pid;
import io.coppice.supervision.Child;
import io.coppice.supervision.ChildSpec;
import io.coppice.supervision.ChildTemplate;
import io.coppice.supervision.DynamicSupervisor;
import io.coppice.supervision.Restart;
import io.coppice.supervision.ShutdownMode;
import io.coppice.supervision.Strategy;
import io.coppice.supervision.Supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tree of the soak, and what its processes share. */
final class Ground {

    static final Duration TICK = ofMillis(20);
    static final int GUEST_NAMES = 512;

    private static final int GROUPS = 24;
    private static final int MEMBERS = 6;
    private static final int MOST_GUESTS = 300;
    private static final int WITHOUT_LIMIT = 1_000_000;
    private static final Duration STOPPING = ofMillis(100);

    static final Name<DynamicSupervisor.Message<Integer, Note>> POOL = Name.of("pool");

    /** The last processes that were born; the dead among them are few, or are passed over. */
    private final AtomicReferenceArray<Pid> born = new AtomicReferenceArray<>(1_024);

    private final AtomicInteger births = new AtomicInteger();

    /** Whether the processes do anything by themselves. */
    private volatile boolean busy;

    boolean isBusy() {
        return busy;
    }

    void setBusy(boolean busy) {
        this.busy = busy;
    }

    void enter(Context<Note> context) {
        born.set((births.getAndIncrement() & 0xffff) % born.length(), context.self().pid());
    }

    /** Any process that lives, if one is found soon. */
    Optional<Pid> anyone(Node node) {
        var random = ThreadLocalRandom.current();
        return IntStream.range(0, 16)
                .mapToObj(attempt -> Optional.ofNullable(born.get(random.nextInt(born.length()))))
                .flatMap(Optional::stream)
                .filter(node::isAlive)
                .findFirst();
    }

    // The tree

    Supervisor tree() {
        var children = new ArrayList<ChildSpec<?>>();
        children.add(pool());
        children.add(Child.worker("host", (Context<Note> context) -> new Host(context, this)));
        for (int group = 0; group < GROUPS; group++) {
            children.add(group(group));
        }
        return Supervisor.supervisor("soak", Strategy.ONE_FOR_ONE)
                .restarts(WITHOUT_LIMIT, ofSeconds(1))
                .children(children.toArray(ChildSpec<?>[]::new));
    }

    private DynamicSupervisor<Integer, Note> pool() {
        ChildTemplate<Integer, Note> guests =
                ChildTemplate.each(
                        "guest",
                        (Context<Note> context, Integer number) ->
                                new Guest(context, this, number));
        return DynamicSupervisor.dynamicSupervisor("pool", guests.restart(Restart.TEMPORARY))
                .maxChildren(MOST_GUESTS)
                .restarts(WITHOUT_LIMIT, ofSeconds(1))
                .name(POOL);
    }

    private Supervisor group(int group) {
        var strategies = Strategy.values();
        return Supervisor.supervisor(
                        groupName(group).value(), strategies[group % strategies.length])
                .restarts(WITHOUT_LIMIT, ofSeconds(1))
                .name(groupName(group))
                .children(
                        IntStream.range(0, MEMBERS)
                                .mapToObj(member -> member(group, member))
                                .toArray(ChildSpec<?>[]::new));
    }

    private Child<Note> member(int group, int member) {
        var name = memberName(group * MEMBERS + member);
        Program<Note> program =
                (context, inbox) -> {
                    var body = new Member(context, this);
                    while (true) {
                        body.receive(inbox.poll(TICK).orElse(new Note.Tick()));
                    }
                };
        var child =
                member % 2 == 0
                        ? Child.worker(name.value(), program)
                        : Child.worker(
                                name.value(),
                                (Context<Note> context) -> new Member(context, this).ticking());
        return child.name(name).shutdown(ShutdownMode.within(STOPPING));
    }

    // The names

    private static Name<Supervisor.Message> groupName(int group) {
        return Name.of("group-" + group);
    }

    static Name<Note> memberName(int number) {
        return Name.of("member-" + number);
    }

    static Name<Note> guestName(int number) {
        return Name.of("guest-" + number);
    }

    static Name<Note> anyMember() {
        return memberName(ThreadLocalRandom.current().nextInt(GROUPS * MEMBERS));
    }

    /** The names that are always taken when nothing is killed. */
    static List<Name<?>> namesOfTree() {
        return Stream.<Stream<? extends Name<?>>>of(
                        Stream.of(POOL),
                        IntStream.range(0, GROUPS).mapToObj(Ground::groupName),
                        IntStream.range(0, GROUPS * MEMBERS).mapToObj(Ground::memberName))
                .<Name<?>>flatMap(names -> names)
                .toList();
    }

    /** How many timers there are when nothing happens: those by which actors tick. */
    static int timersOfTree() {
        return GROUPS * MEMBERS / 2 + 1;
    }

    /** Any supervisor below the root that lives. */
    static Optional<Pid> anySupervisor(Node node) {
        int which = ThreadLocalRandom.current().nextInt(GROUPS + 1);
        Name<?> name = which == GROUPS ? POOL : groupName(which);
        return pid(node, name);
    }

    /** Who has {@code name} now. */
    static Optional<Pid> pid(Node node, Name<?> name) {
        return node.registry().lookup(name).map(ref -> ref.pid());
    }
}
