package io.coppice.examples.kv.log;

import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Database;
import io.coppice.examples.kv.store.Effect;
import io.coppice.examples.kv.store.Effect.End;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody who keeps a list in a log, and knows what it put into it and what it was promised.
 *
 * <p>Each unit pushes one number, so the order of the units can be read off the data.
 */
final class Keeper {

    static final LogOptions ALWAYS = LogOptions.DEFAULT.withCompaction(1 << 30, 1);

    private static final Bytes KEY = Bytes.of("list");
    private static final AtomicLong SALTS = new AtomicLong(1);

    private final Database database = new Database(1 << 20);
    private final AppendLog log;
    private final List<String> found;
    private final List<String> appended = new ArrayList<>();
    private final List<String> committed = new ArrayList<>();

    Keeper(Disk disk) throws IOException {
        this(disk, ALWAYS);
    }

    Keeper(Disk disk, LogOptions options) throws IOException {
        log = AppendLog.open(disk, options, SALTS::getAndIncrement, database::replay);
        found = numbers();
        committed.addAll(found); // for opening has forced it
    }

    /** The numbers in the data found by opening the log. */
    static List<String> recover(Disk disk) throws IOException {
        return new Keeper(disk).found;
    }

    AppendLog log() {
        return log;
    }

    /** The numbers found by opening the log. */
    List<String> found() {
        return found;
    }

    /** The numbers appended since, committed or not. */
    List<String> appended() {
        return appended;
    }

    /** The numbers found and appended that may be acknowledged. */
    List<String> committed() {
        return committed;
    }

    void append(String number) throws IOException {
        appended.add(number);
        var effect = new Effect.Push(KEY, End.RIGHT, List.of(Bytes.of(number)));
        database.replay(effect);
        log.append(List.of(effect));
    }

    void commit() throws IOException {
        log.commit();
        promised();
    }

    void force() throws IOException {
        log.force();
    }

    private void promised() {
        committed.clear();
        committed.addAll(found);
        committed.addAll(appended);
    }

    /** Compacts, and appends a number while it does. */
    void compact(@Nullable String meanwhile) throws IOException {
        try (var compaction = log.beginCompaction()) {
            var snapshot = database.snapshot();
            if (meanwhile != null) {
                append(meanwhile);
            }
            for (var step = snapshot.next(1); !step.isEmpty(); step = snapshot.next(1)) {
                compaction.write(step);
            }
            compaction.finish();
        }
    }

    /** The whole state, as it would be written into a snapshot. */
    List<Effect> everything() {
        return database.snapshot().next(Long.MAX_VALUE);
    }

    private List<String> numbers() {
        var numbers = new ArrayList<String>();
        for (var effect : everything()) {
            ((Effect.Push) effect).values().forEach(value -> numbers.add(value.text()));
        }
        return List.copyOf(numbers);
    }
}
