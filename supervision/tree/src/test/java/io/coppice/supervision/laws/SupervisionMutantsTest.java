package io.coppice.supervision.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.supervision.StageTrial;
import io.coppice.testkit.mutants.Inquest;
import io.coppice.testkit.mutants.Mutant;
import io.coppice.testkit.mutants.Workshop;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every law of supervision notices the supervisors that break it. */
class SupervisionMutantsTest {

    private static final int TRIES = Integer.getInteger("mutants.tries", 1_000);
    private static final long SEED = 42;

    /** It is tries that count; this is for a mutant with which nothing ends. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Workshop WORKSHOP =
            new Workshop("io.coppice.", List.of(Path.of("src/main/java")));

    private static final List<Inquest> INQUESTS = new ArrayList<>();

    @Test
    void every_law_has_mutants_of_its_own() {
        var found =
                Stream.of(SupervisionMutants.all(), PeerMutants.all())
                        .flatMap(List::stream)
                        .map(Mutant::trial)
                        .toList();

        assertThat(found)
                .containsAll(Stream.of(SupervisionLaw.values()).map(SupervisionLaw::name).toList());
    }

    @TestFactory
    Stream<DynamicTest> no_mutant_lives() {
        return Stream.of(SupervisionMutants.all(), PeerMutants.all())
                .flatMap(List::stream)
                .map(
                        mutant ->
                                DynamicTest.dynamicTest(
                                        mutant.name(),
                                        () -> JqwikSession.run(() -> inquest(mutant))));
    }

    private static void inquest(Mutant mutant) {
        var scripts =
                scripts(mutant.trial()).generator(TRIES).stream(new Random(SEED))
                        .map(script -> script.value().toString())
                        .limit(TRIES)
                        .iterator();
        var trial = trial(mutant).getName();
        var inquest = Inquest.of(mutant, WORKSHOP, trial, scripts, PATIENCE);
        INQUESTS.add(inquest);
        assertThat(inquest.isOver())
                .as("%s: %s, after %d tries", mutant, mutant.bug(), inquest.tries())
                .isTrue();
    }

    private static Arbitrary<TreeScript> scripts(String trial) {
        if (isOnPaper(trial) || trial.equals(SupervisionTrial.OTP)) {
            return TreeScripts.anything();
        }
        return switch (SupervisionLaw.valueOf(trial)) {
            case A_FAILED_START_STOPS_ALL -> TreeScripts.starts();
            case NO_SURVIVORS -> TreeScripts.anything();
            default -> TreeScripts.ends();
        };
    }

    private static boolean isOnPaper(String trial) {
        return StageTrial.NAMES.contains(trial);
    }

    private static Class<?> trial(Mutant mutant) {
        return isOnPaper(mutant.trial()) ? StageTrial.class : SupervisionTrial.class;
    }

    @AfterAll
    static void report() throws IOException {
        var lines =
                INQUESTS.stream()
                        .map(Inquest::toString)
                        .collect(Collectors.joining("\n", "", "\n"));
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/mutants.txt"), Inquest.HEADING + "\n" + lines);
        System.out.print(Inquest.HEADING + "\n" + lines);
    }
}
