package io.coppice.examples.kv.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Effect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class AppendLogTest {

    @TempDir Path directory;

    @Test
    void what_is_committed_is_found_on_a_real_disk() throws IOException {
        var first = new Keeper(new FileDisk(directory));
        first.append("1");
        first.append("2");
        first.commit();
        first.compact("3");
        first.append("4");
        first.commit();

        var second = new Keeper(new FileDisk(directory));

        assertThat(second.found()).containsExactly("1", "2", "3", "4");
        assertThat(second.log().recovery().files())
                .containsExactly("000002.snapshot", "000002.log");
        assertThat(directory)
                .isDirectoryNotContaining("glob:**000001*")
                .isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void a_killed_keeper_that_lives_on_can_commit_nothing_more() throws IOException {
        var disk = new FileDisk(directory);
        var killed = new Keeper(disk);
        killed.append("1");
        killed.commit();
        killed.append("2");
        var successor = new Keeper(disk);

        assertThatThrownBy(killed::commit)
                .isInstanceOf(LogSuperseded.class)
                .hasMessage("000001.log is no longer the newest, 000002.log is");
        assertThatThrownBy(() -> killed.append("3")).hasMessage("the log has failed before");
        assertThat(successor.found()).containsExactly("1");
        assertThat(Keeper.recover(disk)).containsExactly("1");
    }

    @Test
    void a_keeper_killed_before_it_opened_the_log_takes_it_but_takes_nothing_away()
            throws IOException {
        var disk = new FileDisk(directory);
        var successor = new Keeper(disk);
        successor.append("1");
        successor.commit();
        var zombie = new Keeper(disk);
        zombie.append("never acknowledged");

        successor.append("2");
        assertThatThrownBy(successor::commit).isInstanceOf(LogSuperseded.class);

        assertThat(new Keeper(disk).found()).startsWith("1").doesNotContain("2");
    }

    @Test
    void a_keeper_stopped_before_it_used_its_number_does_not_use_it_when_it_is_free_again()
            throws IOException {
        var disk = new MemoryDisk();
        once(disk, "create 000001.log", () -> keepAndCompact(disk));

        assertThatThrownBy(() -> new Keeper(disk)).isInstanceOf(LogSuperseded.class);

        assertThat(disk.list()).contains("000001.log");
        assertThat(Keeper.recover(disk)).containsExactly("1", "2");
    }

    @Test
    void a_keeper_whose_file_was_deleted_is_not_fooled_by_an_empty_one_of_the_same_name()
            throws IOException {
        var disk = new MemoryDisk();
        var killed = new Keeper(disk);
        killed.append("never promised");
        keepAndCompact(disk);
        disk.create("000001.log").close();

        assertThatThrownBy(killed::commit).isInstanceOf(LogSuperseded.class);
    }

    @Test
    void a_keeper_looks_for_its_successor_before_it_looks_for_itself() throws IOException {
        var disk = new MemoryDisk();
        var killed = new Keeper(disk);
        killed.append("1");
        once(disk, "size 000002.log", () -> keepAndCompact(disk));

        assertThatThrownBy(killed::commit).isInstanceOf(LogSuperseded.class);
    }

    @Test
    void a_keeper_that_finds_files_replaced_while_it_opens_them_looks_again() throws IOException {
        var disk = new MemoryDisk();
        append(new Keeper(disk), "1");
        var killed = append(new Keeper(disk), "2");
        var compaction = killed.log().beginCompaction();
        once(
                disk,
                "open 000001.log",
                () -> {
                    compaction.write(killed.everything());
                    compaction.finish();
                    disk.create("000001.log").close(); // as somebody stopped long ago might
                });

        assertThat(Keeper.recover(disk)).containsExactly("1", "2");
        assertThat(disk.list()).contains("000003.snapshot");
    }

    private interface Deed {
        void run() throws IOException;
    }

    /** Does something, once, before an operation. */
    private static void once(MemoryDisk disk, String operation, Deed deed) {
        disk.hook(
                next -> {
                    if (next.equals(operation)) {
                        disk.hook(none -> {});
                        deed.run();
                    }
                });
    }

    private static void keepAndCompact(Disk disk) throws IOException {
        var keeper = append(new Keeper(disk), "1");
        keeper.compact(null);
        append(keeper, "2").compact(null);
    }

    private static Keeper append(Keeper keeper, String number) throws IOException {
        keeper.append(number);
        keeper.commit();
        return keeper;
    }

    @Test
    void an_interrupt_costs_the_keeper_its_log_and_nothing_that_was_committed() throws IOException {
        var disk = new FileDisk(directory);
        var interrupted = new Keeper(disk);
        interrupted.append("1");
        interrupted.commit();
        interrupted.append("2");
        try {
            Thread.currentThread().interrupt();
            assertThatThrownBy(interrupted::commit).isInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThatThrownBy(interrupted::commit)
                .isInstanceOf(IOException.class)
                .hasMessage("the log has failed before");
        assertThat(Keeper.recover(disk)).containsExactly("1");
    }

    @Test
    void a_full_disk_fails_the_log_and_what_it_wrote_of_a_unit_is_cut_off() throws IOException {
        var disk = new MemoryDisk();
        var keeper = new Keeper(disk);
        keeper.append("1");
        keeper.commit();
        keeper.append("2");
        disk.writtenOnFailure(20);
        disk.hook(
                operation -> {
                    throw new IOException("no space left on device");
                });
        assertThatThrownBy(keeper::commit).hasMessage("no space left on device");
        disk.hook(operation -> {});
        assertThatThrownBy(keeper::commit).hasMessage("the log has failed before");

        var next = new Keeper(disk);

        assertThat(next.found()).containsExactly("1");
        assertThat(next.log().recovery().tornTail())
                .hasValueSatisfying(torn -> assertThat(torn.bytes()).isEqualTo(20));
    }

    @Test
    void a_compaction_given_up_leaves_the_log_as_it_was() throws IOException {
        var disk = new MemoryDisk();
        var keeper = new Keeper(disk, LogOptions.DEFAULT.withCompaction(100, 1));
        for (int i = 0; i < 10; i++) {
            keeper.append(String.valueOf(i));
        }
        keeper.commit();
        assertThat(keeper.log().needsCompaction()).isTrue();

        keeper.log().beginCompaction().close();

        assertThat(keeper.log().needsCompaction()).isFalse();
        keeper.append("10");
        keeper.commit();
        assertThat(disk.list()).noneMatch(name -> name.contains("snapshot"));
        assertThat(Keeper.recover(disk)).hasSize(11);
    }

    @Test
    void the_log_grows_no_longer_than_it_may() throws IOException {
        var disk = new FileDisk(directory);
        var options = LogOptions.DEFAULT.withCompaction(10_000, 2).withFsync(FsyncPolicy.NEVER);
        var log = AppendLog.open(disk, options, () -> 1, effect -> {});
        Effect effect = put(0);
        long longest = 0;
        for (int i = 0; i < 2000; i++) {
            effect = put(i);
            log.append(List.of(effect));
            log.commit();
            longest = Math.max(longest, log.bytes());
            if (log.needsCompaction()) {
                try (var compaction = log.beginCompaction()) {
                    compaction.write(List.of(effect));
                    compaction.finish();
                }
                assertThat(log.needsCompaction()).isFalse();
            }
        }
        log.close();

        var replayed = new ArrayList<Effect>();
        AppendLog.open(disk, options, () -> 1, replayed::add);
        assertThat(replayed.get(replayed.size() - 1)).isEqualTo(effect);
        assertThat(longest).isLessThan(11_000);
        assertThat(bytesIn(directory)).isLessThan(12_000);
    }

    private static Effect put(int i) {
        return new Effect.Put(Bytes.of("key"), Bytes.of("value " + i), Effect.NEVER);
    }

    private static long bytesIn(Path directory) throws IOException {
        long bytes = 0;
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    @Test
    void a_shard_that_restarts_again_and_again_is_compacted_for_its_many_segments()
            throws IOException {
        var disk = new MemoryDisk();
        for (int i = 0; i < 64; i++) {
            assertThat(new Keeper(disk).log().needsCompaction()).as("opening %d", i).isFalse();
        }

        var keeper = new Keeper(disk);

        assertThat(keeper.log().needsCompaction()).isTrue();
        keeper.compact("1");
        assertThat(disk.list()).containsExactly("000066.log", "000066.snapshot");
    }

    @Test
    void a_value_longer_than_a_buffer_is_written_and_read() throws IOException {
        var disk = new FileDisk(directory);
        var value = new byte[5 << 20];
        java.util.Arrays.fill(value, (byte) 7);
        var effect = new Effect.Put(Bytes.of("key"), Bytes.wrap(value), Effect.NEVER);
        var log = AppendLog.open(disk, LogOptions.DEFAULT, () -> 1, none -> {});
        log.append(List.of(effect, effect));
        log.commit();

        var replayed = new ArrayList<Effect>();
        AppendLog.open(disk, LogOptions.DEFAULT, () -> 2, replayed::add);

        assertThat(replayed).containsExactly(effect, effect);
    }

    @Test
    void files_of_others_are_left_alone() throws IOException {
        Files.writeString(directory.resolve("README"), "hands off");
        Files.writeString(directory.resolve("7.log"), "hands off");
        var disk = new FileDisk(directory);
        var keeper = new Keeper(disk);
        keeper.append("1");
        keeper.compact("2");
        keeper.commit();

        assertThat(Keeper.recover(disk)).containsExactly("1", "2");
        assertThat(directory).isDirectoryContaining("glob:**README");
        assertThat(directory).isDirectoryContaining("glob:**/7.log");
    }
}
