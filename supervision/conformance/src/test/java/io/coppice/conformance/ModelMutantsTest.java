package io.coppice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.testkit.mutants.Inquest;
import io.coppice.testkit.mutants.Mutant;
import io.coppice.testkit.mutants.Workshop;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Erlang's traces notice a model of supervisors that is broken. */
class ModelMutantsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Workshop WORKSHOP =
            new Workshop("io.coppice.", List.of(Path.of("../../framework/testkit/src/main/java")));

    private static final List<Inquest> INQUESTS = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> no_mutant_lives() {
        return ModelMutants.all().stream()
                .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> inquest(mutant)));
    }

    /** Or it would be no mutant that is found out. */
    @Test
    void the_model_as_it_is_passes() {
        try (var trial = new ModelTrial("scenarios")) {
            assertThat(ModelTrial.cases()).allSatisfy(it -> assertThat(trial.apply(it)).isEmpty());
        }
    }

    private static void inquest(Mutant mutant) {
        var cases = ModelTrial.cases().reversed().iterator(); // supervisors come last
        var inquest = Inquest.of(mutant, WORKSHOP, ModelTrial.class.getName(), cases, PATIENCE);
        INQUESTS.add(inquest);
        assertThat(inquest.isOver())
                .as("%s: %s, after %d tries", mutant, mutant.bug(), inquest.tries())
                .isTrue();
    }

    @AfterAll
    static void report() throws IOException {
        var lines =
                INQUESTS.stream()
                        .map(inquest -> inquest + ": " + inquest.verdict().split("\n", 2)[0])
                        .collect(Collectors.joining("\n", "", "\n"));
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/model-mutants.txt"), Inquest.HEADING + "\n" + lines);
        System.out.print(Inquest.HEADING + "\n" + lines);
    }
}
