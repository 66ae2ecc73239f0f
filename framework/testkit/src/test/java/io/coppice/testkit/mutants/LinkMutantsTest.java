package io.coppice.testkit.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.testkit.jqwik.Scripts;
import io.coppice.testkit.laws.Law;
import io.coppice.testkit.script.Mix;

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
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every law notices the kernels that break it. */
class LinkMutantsTest {

    private static final int TRIES = Integer.getInteger("mutants.tries", 2_000);

    /** It is tries that count; this is for a mutant with which nothing ends. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final long SEED = 42;

    private static final Workshop WORKSHOP =
            new Workshop(
                    "io.coppice.",
                    List.of(Path.of("../core/src/main/java"), Path.of("src/main/java")));

    private static final List<Inquest> INQUESTS = new ArrayList<>();

    @Test
    void every_law_has_mutants_of_its_own() {
        var found =
                Stream.of(
                                LinkMutants.all(),
                                NameMutants.all(),
                                PeerMutants.all(),
                                RaceMutants.all())
                        .flatMap(List::stream)
                        .map(mutant -> mutant.trial().replace(LawTrial.MODEL + " on ", ""))
                        .toList();

        assertThat(found).containsAll(Stream.of(Law.values()).map(Law::name).toList());
    }

    @TestFactory
    Stream<DynamicTest> no_mutant_lives() {
        return Stream.of(LinkMutants.all(), NameMutants.all(), PeerMutants.all())
                .flatMap(List::stream)
                .map(mutant -> test(mutant, LawTrial.class, Stream.empty()));
    }

    @TestFactory
    Stream<DynamicTest> no_mutant_lives_that_shows_in_a_race() {
        return RaceMutants.all().stream()
                .map(mutant -> test(mutant, SimulatedTrial.class, RaceMutants.scripts()));
    }

    @TestFactory
    Stream<DynamicTest> no_mutant_lives_that_lets_in_whom_it_should_not() {
        return Stream.of(AdmissionMutants.all(), EndMutants.all())
                .flatMap(List::stream)
                .map(
                        mutant ->
                                DynamicTest.dynamicTest(
                                        mutant.name(),
                                        () -> inquest(mutant, trial(mutant), seeds())));
    }

    private static Class<?> trial(Mutant mutant) {
        return mutant.trial().equals(LinkProtocolTrial.LINK_PROTOCOL)
                ? LinkProtocolTrial.class
                : AdmissionTrial.class;
    }

    private static Iterator<String> seeds() {
        return IntStream.range(0, TRIES).mapToObj(String::valueOf).iterator();
    }

    private static DynamicTest test(Mutant mutant, Class<?> trial, Stream<String> first) {
        return DynamicTest.dynamicTest(
                mutant.name(),
                () ->
                        JqwikSession.run(
                                () -> {
                                    var all = Stream.concat(first, scripts(mutant.trial()));
                                    inquest(mutant, trial, all.iterator());
                                }));
    }

    private static void inquest(Mutant mutant, Class<?> trial, Iterator<String> cases) {
        var inquest = Inquest.of(mutant, WORKSHOP, trial.getName(), cases, PATIENCE);
        INQUESTS.add(inquest);
        assertThat(inquest.isOver())
                .as("%s: %s, after %d tries", mutant, mutant.bug(), inquest.tries())
                .isTrue();
    }

    private static Stream<String> scripts(String trial) {
        return Scripts.of(mix(trial)).generator(TRIES).stream(new Random(SEED))
                .map(shrinkable -> shrinkable.value().toString())
                .limit(TRIES);
    }

    /** The scripts of a law, of which the model may be asked as well. */
    private static Mix mix(String trial) {
        return trial.equals(LawTrial.MODEL)
                ? Mix.everything()
                : Law.valueOf(trial.replace(LawTrial.MODEL + " on ", "")).mix();
    }

    @AfterAll
    static void report() throws IOException {
        var lines =
                INQUESTS.stream()
                        .map(Inquest::toString)
                        .collect(Collectors.joining("\n", "", "\n"));
        var report = Inquest.HEADING + "\n" + lines;
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/mutants.txt"), report);
        System.out.print(report);
    }
}
