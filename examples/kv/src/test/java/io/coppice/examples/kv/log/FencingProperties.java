package io.coppice.examples.kv.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.examples.kv.log.Interleaving.Burst;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Several incarnations of a shard on one log, none of which knows that it was killed, mixed at each
 * operation on the disk.
 */
class FencingProperties {

    private static final class Incarnation {
        private final String name;
        private final List<Integer> steps;
        private @Nullable Keeper keeper;
        private @Nullable IOException end;

        Incarnation(String name, List<Integer> steps) {
            this.name = name;
            this.steps = steps;
        }

        void live(Disk disk) {
            try {
                keeper = new Keeper(disk);
                int next = 0;
                for (int step : steps) {
                    switch (step) {
                        case 0 -> keeper.compact(name + next++);
                        case 1, 2, 3 -> keeper.append(name + next++);
                        default -> keeper.commit();
                    }
                }
            } catch (IOException e) {
                end = e;
            }
        }
    }

    @Property(tries = 1000)
    @StatisticsReport(onFailureOnly = true)
    void whoever_writes_whenever_nothing_promised_is_lost(
            @ForAll @Size(min = 2, max = 4)
                    List<@Size(max = 12) List<@IntRange(max = 6) Integer>> lives,
            @ForAll("schedules") List<Burst> schedule)
            throws Exception {
        var disk = new MemoryDisk();
        var interleaving = new Interleaving();
        disk.hook(operation -> interleaving.pause());
        var incarnations = new ArrayList<Incarnation>();
        for (var steps : lives) {
            var incarnation = new Incarnation("abcd".charAt(incarnations.size()) + "", steps);
            incarnations.add(incarnation);
            interleaving.add(() -> incarnation.live(disk));
        }

        interleaving.run(schedule);
        disk.hook(operation -> {});
        List<String> recovered = Keeper.recover(disk);

        for (var incarnation : incarnations) {
            if (incarnation.end != null) {
                assertThat(incarnation.end)
                        .as(incarnation.name)
                        .matches(
                                end ->
                                        end instanceof LogSuperseded
                                                || end.getCause() instanceof LogSuperseded);
            }
            if (incarnation.keeper != null) {
                List<String> promised = incarnation.keeper.committed();
                assertThat(recovered)
                        .as(incarnation.name)
                        .hasSizeGreaterThanOrEqualTo(promised.size());
                assertThat(recovered.subList(0, promised.size())).isEqualTo(promised);
            }
        }
        Statistics.collect(incarnations.stream().filter(it -> it.end != null).count());
    }

    @Provide
    Arbitrary<List<Burst>> schedules() {
        var operations =
                Arbitraries.oneOf(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 60));
        return Combinators.combine(Arbitraries.integers().between(0, 11), operations)
                .as(Burst::new)
                .list()
                .ofMaxSize(60)
                .withSizeDistribution(RandomDistribution.uniform());
    }
}
