package io.coppice.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.testkit.mutants.Inquest;
import io.coppice.testkit.mutants.Mutant;
import io.coppice.testkit.mutants.Workshop;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Every law of supervision notices the supervisors that break it. */
class SupervisionMutantsTest {

    private static final int TRIES = Integer.getInteger("mutants.tries", 1_000);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Workshop WORKSHOP =
            new Workshop("io.coppice.", List.of(Path.of("src/main/java")));

    private static final List<Inquest> INQUESTS = new ArrayList<>();

    @BeforeAll
    static void nobody_reads_of_a_thousand_failures() {
        SupervisionTrial.beQuiet(true);
    }

    @TestFactory
    Stream<DynamicTest> no_mutant_lives() {
        return SupervisionMutants.all().stream()
                .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> inquest(mutant)));
    }

    private static void inquest(Mutant mutant) {
        var seeds = LongStream.range(0, TRIES).mapToObj(String::valueOf).iterator();
        var trial = trial(mutant).getName();
        var inquest = Inquest.of(mutant, WORKSHOP, trial, seeds, PATIENCE);
        INQUESTS.add(inquest);
        assertThat(inquest.isOver())
                .as("%s: %s, after %d tries", mutant, mutant.bug(), inquest.tries())
                .isTrue();
    }

    private static Class<?> trial(Mutant mutant) {
        return List.of(StageTrial.BARRIER, StageTrial.MAX_CHILDREN).contains(mutant.trial())
                ? StageTrial.class
                : SupervisionTrial.class;
    }

    @AfterAll
    static void report() throws IOException {
        SupervisionTrial.beQuiet(false);
        var lines =
                INQUESTS.stream()
                        .map(Inquest::toString)
                        .collect(Collectors.joining("\n", "", "\n"));
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/mutants.txt"), Inquest.HEADING + "\n" + lines);
        System.out.print(Inquest.HEADING + "\n" + lines);
    }
}
