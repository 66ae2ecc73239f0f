package io.coppice.examples.kv.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Effect;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** What is damaged is noticed, and what is only cut short is not called damage. */
class DamageProperties {

    private static final List<String> ALL = List.of("1", "2", "3", "4", "5", "6");

    /** A snapshot with 1 and 2, an older segment with 3 and 4, the newest with 5 and 6. */
    private static MemoryDisk disk() throws IOException {
        var disk = new MemoryDisk();
        append(new Keeper(disk), "1", "2").compact(null);
        append(new Keeper(disk), "3", "4");
        append(new Keeper(disk), "5", "6");
        return disk;
    }

    private static Keeper append(Keeper keeper, String... numbers) throws IOException {
        for (var number : numbers) {
            keeper.append(number);
            keeper.commit();
        }
        return keeper;
    }

    private static String newest(MemoryDisk disk) throws IOException {
        return disk.list().stream()
                .filter(name -> name.endsWith(".log"))
                .max(String::compareTo)
                .orElseThrow();
    }

    @Example
    void undamaged_it_is_all_there() throws IOException {
        assertThat(disk().list())
                .containsExactly("000002.log", "000002.snapshot", "000003.log", "000004.log");
        assertThat(Keeper.recover(disk())).isEqualTo(ALL);
    }

    @Property(tries = 1000)
    void no_damaged_byte_goes_unnoticed(
            @ForAll @IntRange(max = 3) int file,
            @ForAll @IntRange(max = 10_000) int place,
            @ForAll @IntRange(min = 1, max = 255) int change)
            throws IOException {
        MemoryDisk disk = disk();
        String name = disk.list().get(file);
        byte[] content = disk.content(name);
        content[place % content.length] ^= (byte) change;
        disk.content(name, content);

        try {
            List<String> recovered = Keeper.recover(disk);
            // Of the last unit nobody can tell whether it was being written.
            assertThat(recovered)
                    .as(name)
                    .isEqualTo(name.equals(newest(disk())) ? ALL.subList(0, 5) : ALL);
        } catch (CorruptLog noticed) {
            assertThat(noticed).hasMessageContaining(name).hasMessageContaining("at byte ");
        }
    }

    @Property(tries = 300)
    void no_file_that_counts_can_be_missing(@ForAll @IntRange(max = 2) int file)
            throws IOException {
        MemoryDisk disk = disk();
        String name = disk.list().get(file);
        disk.delete(name);

        assertThatThrownBy(() -> Keeper.recover(disk))
                .isInstanceOf(CorruptLog.class)
                .hasMessageContaining(name)
                .hasMessageContaining("missing");
    }

    @Property(tries = 300)
    void the_newest_segment_may_be_cut_short_anywhere(@ForAll @IntRange(max = 10_000) int length)
            throws IOException {
        MemoryDisk disk = disk();
        String name = newest(disk);
        byte[] content = disk.content(name);
        disk.content(name, Arrays.copyOf(content, length % content.length));

        List<String> recovered = Keeper.recover(disk);

        assertThat(recovered.size()).isBetween(4, 5);
        assertThat(recovered).isEqualTo(ALL.subList(0, recovered.size()));
    }

    @Example
    void a_torn_tail_is_cut_off_and_reported() throws IOException {
        MemoryDisk disk = disk();
        String name = newest(disk);
        byte[] content = disk.content(name);
        disk.content(name, Arrays.copyOf(content, content.length - 1));

        var keeper = new Keeper(disk);

        var torn = keeper.log().recovery().tornTail().orElseThrow();
        assertThat(torn.file()).isEqualTo(name);
        assertThat(torn.offset() + torn.bytes()).isEqualTo(content.length - 1);
        assertThat(new Keeper(disk).log().recovery().tornTail()).isEmpty();
    }

    @Example
    void damage_before_what_was_written_later_names_both_places() throws IOException {
        var disk = new MemoryDisk();
        append(new Keeper(disk), "1", "2", "3");
        byte[] content = disk.content("000001.log");
        content[FileHeader.SHORTEST + 30] ^= 1;
        disk.content("000001.log", content);

        assertThatThrownBy(() -> Keeper.recover(disk))
                .isInstanceOf(CorruptLog.class)
                .hasMessage(
                        "000001.log, at byte 40: damaged, and whole again at byte 82, which was"
                                + " written later");
    }

    /** A client may know the format and where its value will be, but not the salt. */
    @Example
    void a_value_that_looks_like_a_frame_cannot_make_a_torn_tail_look_like_damage()
            throws IOException {
        var marker = "m".repeat(100);
        int offset = new String(logOf("1", marker), ISO_8859_1).indexOf(marker);
        var forged = ByteBuffer.allocate(marker.length());
        Frame.complete(forged.slice(0, 90), 0, offset, Long.MAX_VALUE);
        var disk = new MemoryDisk();
        var keeper = append(new Keeper(disk), "1");
        keeper.log().append(List.of(put(Bytes.wrap(forged.array()))));
        keeper.commit();
        byte[] content = disk.content("000001.log");
        disk.content("000001.log", Arrays.copyOf(content, content.length - 1));

        assertThat(Keeper.recover(disk)).containsExactly("1");
    }

    @Example
    void units_that_change_places_are_noticed() throws IOException {
        byte[] content = logOf("1", "2", "3");
        int unit = (content.length - FileHeader.SHORTEST) / 3;
        byte[] swapped = content.clone();
        System.arraycopy(content, FileHeader.SHORTEST, swapped, FileHeader.SHORTEST + unit, unit);
        System.arraycopy(content, FileHeader.SHORTEST + unit, swapped, FileHeader.SHORTEST, unit);
        var disk = new MemoryDisk();
        append(new Keeper(disk), "1", "2", "3");
        disk.content("000001.log", swapped);

        assertThatThrownBy(() -> Keeper.recover(disk)).isInstanceOf(CorruptLog.class);
    }

    @Example
    void a_snapshot_that_nothing_builds_on_is_ignored() throws IOException {
        MemoryDisk disk = disk();
        byte[] snapshot = disk.content("000002.snapshot");
        disk.create("000005.snapshot").close();
        disk.content("000005.snapshot", snapshot);

        assertThat(Keeper.recover(disk)).isEqualTo(ALL);
    }

    private static byte[] logOf(String... numbers) throws IOException {
        var disk = new MemoryDisk();
        append(new Keeper(disk), numbers);
        return disk.content("000001.log");
    }

    /** As long in the log as pushing the same bytes. */
    private static Effect put(Bytes value) {
        return new Effect.Push(Bytes.of("list"), Effect.End.RIGHT, List.of(value));
    }
}
