package io.coppice.examples.kv.server;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.Node;
import io.coppice.examples.kv.log.AppendLog;
import io.coppice.examples.kv.log.LogOptions;
import io.coppice.examples.kv.log.MemoryDisk;
import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Commands;
import io.coppice.examples.kv.store.Database;
import io.coppice.examples.kv.store.Effect;
import io.coppice.examples.kv.store.RedisError;
import io.coppice.examples.kv.store.Reply;
import io.coppice.examples.kv.store.StoreCommand;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.TreeView;
import io.coppice.testkit.Simulation;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The tree of production in a simulation: on disks in memory, for clients without sockets. */
final class SimulatedServer {

    static final int SHARDS = 2;

    private static final Duration ACCESS = Duration.ofNanos(10_000);
    private static final Duration LATER = ACCESS.multipliedBy(50);
    private static final int BYTES = 1 << 20;

    private final Simulation simulation;
    private final List<MemoryDisk> disks = Stream.generate(MemoryDisk::new).limit(SHARDS).toList();
    private final AtomicLong ids = new AtomicLong();
    private final Door door = new Door(ids::incrementAndGet);
    private final List<Guest> guests = new ArrayList<>();

    SimulatedServer(Simulation simulation) {
        this.simulation = simulation;
        disks.getFirst().hook(operation -> access(this::goOnLater));
        disks.getLast().hook(operation -> access(SimulatedServer::fail));
    }

    /** What happens to an access whose process is killed meanwhile. */
    private interface Interrupt {
        void happens() throws IOException;
    }

    /** A disk takes its time. */
    private void access(Interrupt interrupt) throws IOException {
        if (isInterrupted(ACCESS)) {
            interrupt.happens();
        }
    }

    private boolean isInterrupted(Duration time) {
        try {
            simulation.node().await(new CompletableFuture<>(), time);
            throw new AssertionError("nobody completes that");
        } catch (TimeoutException done) {
            return false;
        } catch (InterruptedException killed) {
            return true;
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** As a write that the system has begun: what it does when the next shard is up is void. */
    private void goOnLater() {
        isInterrupted(LATER);
    }

    /** As a channel of a file does. */
    private static void fail() throws IOException {
        throw new ClosedByInterruptException();
    }

    Node start() {
        return simulation.start(tree());
    }

    Supervisor tree() {
        var premises = new Premises(disks::get, LogOptions.DEFAULT, door, SHARDS);
        return KvTree.of(premises, new Census(), new ChaosLog(), 0, Set.of());
    }

    Guest guest() {
        var guest = new Guest(door);
        guests.add(guest);
        return guest;
    }

    /** Waits until everybody has been answered, or nobody will be. */
    void serve() {
        var latest = simulation.now().plus(ofSeconds(10));
        while (!guests.stream().allMatch(guest -> guest.look().isAnswered())
                && view().isPresent()
                && simulation.now().compareTo(latest) < 0) {
            simulation.advance(ofMillis(1));
        }
    }

    /** Lets who has been told to end do so, and clients without a process get one. */
    void settle() {
        for (int i = 0; i < 20; i++) {
            guests.forEach(Guest::look);
            simulation.advance(ofMillis(1));
        }
    }

    /** The tree; empty if it has ended. */
    Optional<TreeView> view() {
        var node = simulation.node();
        return node.root().flatMap(root -> TreeView.of(node, root));
    }

    /** What a new server would answer, from what is on the disks. */
    Reply onDisk(String... words) {
        for (var disk : disks) {
            disk.hook(operation -> {});
            var reply = open(disk).apply(command(words), 0).reply();
            if (!reply.equals(Reply.NIL) && !reply.equals(Reply.EMPTY)) {
                return reply;
            }
        }
        return Reply.NIL;
    }

    static StoreCommand command(String... words) {
        try {
            return (StoreCommand) Commands.parse(Stream.of(words).map(Bytes::of).toList());
        } catch (RedisError impossible) {
            throw new AssertionError(impossible);
        }
    }

    private Database open(MemoryDisk disk) {
        var database = new Database(BYTES);
        try {
            AppendLog.open(disk, LogOptions.DEFAULT, ids::incrementAndGet, replay(database))
                    .close();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
        return database;
    }

    private static Consumer<Effect> replay(Database database) {
        return effect -> {
            if (!(effect instanceof Effect.Receipt)) {
                database.replay(effect);
            }
        };
    }
}
