package io.coppice.examples.kv.server;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Inbox;
import io.coppice.actor.Name;
import io.coppice.actor.Program;
import io.coppice.actor.ReplyTo;
import io.coppice.examples.kv.log.AppendLog;
import io.coppice.examples.kv.log.Compaction;
import io.coppice.examples.kv.log.FsyncPolicy;
import io.coppice.examples.kv.store.Database;
import io.coppice.examples.kv.store.Effect;
import io.coppice.examples.kv.store.Reply;
import io.coppice.examples.kv.store.Snapshot;
import io.coppice.examples.kv.store.StoreCommand;
import io.coppice.process.Exited;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The owner of one part of the data: a database in memory and a log on disk.
 *
 * <p>It takes what has arrived as one batch, applies it, commits the log once, and only then
 * answers. So an answer says that the write survives. When it is started again, it finds in the log
 * all that was ever answered, and the answers themselves: a connection that got none may ask again,
 * and is given the answer that there was, or has the request carried out for the first time.
 */
final class Shard implements Program<Shard.Message> {

    sealed interface Message {

        /**
         * Carry out a part of a request, unless that has been done.
         *
         * @param ticket whose answer it is; the same if it is asked for again
         * @param open the oldest request of the client that is not answered
         */
        record Do(
                Ticket ticket,
                StoreCommand command,
                long open,
                ActorRef<Connection.Message> connection)
                implements Message {}

        /** Answer when everything before has been committed. */
        record Ping(ReplyTo<Integer> replyTo) implements Message {}

        record PeerEnded(Exited exited) implements Message {}
    }

    /** Which request of a client, and which part of it. */
    record Ticket(long client, long request, int part) {}

    /** One answer, on its way back. */
    record Answer(Ticket ticket, Reply reply) {}

    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
    private static final int LARGEST_BATCH = 1_024;
    private static final int EXPIRED_AT_ONCE = 256;
    private static final long SNAPSHOT_STEP_BYTES = 256 << 10;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final int LONGEST_STRING = 512 << 20;

    private final int number;
    private final Premises premises;
    private final Database database = new Database(LONGEST_STRING);
    private final Receipts receipts = new Receipts();
    private final Map<ActorRef<Connection.Message>, List<Answer>> answers = new LinkedHashMap<>();
    private final List<ReplyTo<Integer>> pings = new ArrayList<>();
    private boolean dirty;
    private int batched;
    private long forcedNanos;
    private @Nullable Compaction compaction;
    private @Nullable Snapshot snapshot;

    Shard(int number, Premises premises) {
        this.number = number;
        this.premises = premises;
    }

    static String id(int number) {
        return "shard-" + number;
    }

    static Name<Message> name(int number) {
        return Name.of(id(number));
    }

    @Override
    public void run(Context<Message> context, Inbox<Message> inbox) throws Exception {
        context.trapExits(Message.PeerEnded::new); // a connection that dies must not take us along
        forcedNanos = context.node().clock().nanoTime();
        try (var log = open()) {
            while (true) {
                var first = inbox.poll(compaction == null ? IDLE : Duration.ZERO);
                for (var next = first; next.isPresent(); next = another(inbox)) {
                    handle(next.get(), context, log);
                }
                housekeep(context, log);
                commit(log);
                answer();
            }
        }
    }

    private AppendLog open() throws IOException {
        var log =
                AppendLog.open(
                        premises.data().apply(number),
                        premises.log(),
                        new SecureRandom()::nextLong,
                        this::replay);
        receipts.forgetUnless(premises.door()::knows);
        log.recovery()
                .tornTail()
                .ifPresent(torn -> LOG.info("{} cut off an incomplete end: {}", id(number), torn));
        return log;
    }

    private void replay(Effect effect) {
        if (effect instanceof Effect.Receipt receipt) {
            receipts.keep(receipt);
        } else {
            database.replay(effect);
        }
    }

    private Optional<Message> another(Inbox<Message> inbox) throws InterruptedException {
        boolean full = batched >= LARGEST_BATCH;
        return full ? Optional.empty() : inbox.poll(Duration.ZERO);
    }

    private void handle(Message message, Context<Message> context, AppendLog log)
            throws IOException {
        switch (message) {
            case Message.Do(var ticket, var command, var open, var connection) -> {
                batched++;
                receipts.forgetBefore(ticket.client(), open);
                var given = receipts.find(ticket);
                var reply = given.isPresent() ? given.get() : apply(ticket, command, log);
                answers.computeIfAbsent(connection, none -> new ArrayList<>())
                        .add(new Answer(ticket, reply));
            }

            case Message.Ping(var replyTo) -> pings.add(replyTo);

            case Message.PeerEnded(Exited(var from, var reason))
                    when context.parent().filter(from::equals).isPresent() -> {
                commit(log);
                answer();
                context.stop(reason);
            }

            case Message.PeerEnded(var other) -> {}
        }
    }

    private Reply apply(Ticket ticket, StoreCommand command, AppendLog log) throws IOException {
        var outcome = database.apply(command, System.currentTimeMillis());
        if (!outcome.effects().isEmpty()) {
            var receipt =
                    new Effect.Receipt(
                            ticket.client(), ticket.request(), ticket.part(), outcome.reply());
            receipts.keep(receipt);
            var effects = new ArrayList<>(outcome.effects());
            effects.add(receipt);
            append(log, effects);
        }
        return outcome.reply();
    }

    private void append(AppendLog log, List<Effect> effects) throws IOException {
        if (!effects.isEmpty()) {
            log.append(effects);
            dirty = true;
        }
    }

    private void housekeep(Context<Message> context, AppendLog log) throws IOException {
        append(log, database.expire(System.currentTimeMillis(), EXPIRED_AT_ONCE));
        if (log.needsCompaction()) {
            var begun = log.beginCompaction();
            compaction = begun;
            snapshot = database.snapshot();
            receipts.forgetUnless(premises.door()::knows);
            begun.write(receipts.all()); // it replaces the segments that hold them
        }
        if (compaction != null && snapshot != null) {
            compact(compaction, snapshot);
        }
        if (premises.log().fsync() == FsyncPolicy.EVERY_SECOND) {
            forceOnceASecond(context.node().clock().nanoTime(), log);
        }
    }

    private void forceOnceASecond(long now, AppendLog log) throws IOException {
        if (now - forcedNanos >= IDLE.toNanos()) {
            forcedNanos = now;
            log.force();
        }
    }

    private void compact(Compaction running, Snapshot state) throws IOException {
        var piece = state.next(SNAPSHOT_STEP_BYTES);
        if (piece.isEmpty()) {
            running.finish();
            compaction = null;
            snapshot = null;
        } else {
            running.write(piece);
        }
    }

    private void commit(AppendLog log) throws IOException {
        if (dirty) {
            log.commit();
            dirty = false;
        }
    }

    private void answer() {
        answers.forEach(
                (client, batch) ->
                        client.send(new Connection.Message.Answered(List.copyOf(batch))));
        answers.clear();
        batched = 0;
        pings.forEach(ping -> ping.send(database.size()));
        pings.clear();
    }
}
