package io.coppice.examples.kv.log;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What a crash at any operation on the disk may cost, and what not. */
class CrashProperties {

    enum Step {
        APPEND,
        COMMIT,
        FORCE,
        COMPACT,
        REOPEN
    }

    /** Plays steps until the disk fails. */
    private static final class Play {
        private final MemoryDisk disk;
        private final LogOptions options;
        private Keeper keeper;
        private int next;

        Play(MemoryDisk disk, LogOptions options) throws IOException {
            this.disk = disk;
            this.options = options;
            this.keeper = new Keeper(disk, options);
        }

        void play(List<Step> steps) throws IOException {
            for (var step : steps) {
                switch (step) {
                    case APPEND -> keeper.append(String.valueOf(next++));
                    case COMMIT -> keeper.commit();
                    case FORCE -> keeper.force();
                    case COMPACT -> keeper.compact(String.valueOf(next++));
                    case REOPEN -> {
                        keeper.log().close();
                        keeper = new Keeper(disk, options);
                    }
                }
            }
        }
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    void a_loss_of_power_loses_nothing_committed(
            @ForAll("steps") List<Step> steps,
            @ForAll @IntRange(max = 150) int failing,
            @ForAll @IntRange(max = 60) int written,
            @ForAll Random random)
            throws IOException {
        var disk = new MemoryDisk();
        var play = new Play(disk, Keeper.ALWAYS);

        boolean failed = playUntilOperation(failing, written, disk, play, steps);
        Statistics.collect(failed);
        Statistics.coverage(it -> it.check(true).percentage(share -> share > 30));

        assertThatOnlyUncommittedIsLost(play.keeper, disk.afterPowerLoss(random));
    }

    @Property(tries = 500)
    void a_crash_of_the_process_loses_nothing_committed_under_any_policy(
            @ForAll("steps") List<Step> steps,
            @ForAll @IntRange(max = 150) int failing,
            @ForAll @IntRange(max = 60) int written,
            @ForAll FsyncPolicy policy)
            throws IOException {
        var disk = new MemoryDisk();
        var play = new Play(disk, Keeper.ALWAYS.withFsync(policy));

        playUntilOperation(failing, written, disk, play, steps);

        assertThatOnlyUncommittedIsLost(play.keeper, disk.copy());
    }

    @Property(tries = 300)
    void a_loss_of_power_without_force_loses_the_newest_only(
            @ForAll("steps") List<Step> steps, @ForAll Random random) throws IOException {
        var disk = new MemoryDisk();
        var play = new Play(disk, Keeper.ALWAYS.withFsync(FsyncPolicy.NEVER));
        play.play(steps);
        play.keeper.append("forced");
        play.keeper.commit();
        play.keeper.force();
        play.play(steps.stream().filter(step -> step != Step.REOPEN).toList());

        var recovered = Keeper.recover(disk.afterPowerLoss(random));

        assertThat(recovered).contains("forced");
        assertIsPrefix(recovered, all(play.keeper));
    }

    @Property(tries = 300)
    void a_second_loss_of_power_while_recovering_does_no_harm(
            @ForAll("steps") List<Step> steps,
            @ForAll @IntRange(max = 40) int failing,
            @ForAll Random random)
            throws IOException {
        var disk = new MemoryDisk();
        var play = new Play(disk, Keeper.ALWAYS);
        play.play(steps);
        var again = disk.afterPowerLoss(random);

        failAt(failing, again);
        try {
            Keeper.recover(again);
        } catch (IOException cut) {
            assertThat(cut).hasMessage("power");
        }
        again.hook(operation -> {});

        assertThatOnlyUncommittedIsLost(play.keeper, again.afterPowerLoss(random));
    }

    private static boolean playUntilOperation(
            int failing, int written, MemoryDisk disk, Play play, List<Step> steps) {
        failAt(failing, disk);
        disk.writtenOnFailure(written);
        try {
            play.play(steps);
            return false;
        } catch (IOException cut) {
            return true;
        } finally {
            disk.hook(operation -> {});
        }
    }

    private static void failAt(int failing, MemoryDisk disk) {
        var left = new int[] {failing};
        disk.hook(
                operation -> {
                    if (left[0]-- <= 0) {
                        throw new IOException("power");
                    }
                });
    }

    private static void assertThatOnlyUncommittedIsLost(Keeper keeper, Disk disk)
            throws IOException {
        List<String> recovered = Keeper.recover(disk);
        assertIsPrefix(keeper.committed(), recovered);
        assertIsPrefix(recovered, all(keeper));
    }

    private static void assertIsPrefix(List<String> some, List<String> all) {
        assertThat(all).hasSizeGreaterThanOrEqualTo(some.size());
        assertThat(all.subList(0, some.size())).isEqualTo(some);
    }

    private static List<String> all(Keeper keeper) {
        return Stream.concat(keeper.found().stream(), keeper.appended().stream()).toList();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.frequency(
                        Tuple.of(8, Step.APPEND),
                        Tuple.of(5, Step.COMMIT),
                        Tuple.of(1, Step.FORCE),
                        Tuple.of(1, Step.COMPACT),
                        Tuple.of(1, Step.REOPEN))
                .list()
                .ofMaxSize(40)
                .withSizeDistribution(RandomDistribution.uniform());
    }
}
