package io.coppice.examples.incidents;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Outcome;
import io.coppice.examples.incidents.stage.Story;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** That nothing is left out: no class, no requirement, no line of the README. */
class CatalogueTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.coppice.examples.incidents");

    /** Requirements on the build and the tests: there is nothing that could be run and told. */
    private static final Set<String> NO_INCIDENT = Set.of("W9", "L16", "L17", "R19");

    private static List<Story> stories() {
        return Catalogue.INCIDENTS.stream().map(Incident::story).toList();
    }

    @Test
    void every_incident_there_is_stands_in_the_catalogue() {
        assertThat(Catalogue.INCIDENTS)
                .extracting(it -> it.getClass().getName())
                .containsExactlyInAnyOrderElementsOf(
                        CLASSES.stream()
                                .filter(it -> it.isAssignableTo(Incident.class))
                                .filter(it -> !it.isInterface())
                                .map(JavaClass::getName)
                                .toList());
    }

    @Test
    void every_incident_has_an_id_of_its_own_and_a_sentence_that_fits_a_line() {
        assertThat(stories()).extracting(Story::id).doesNotHaveDuplicates();
        assertThat(stories()).extracting(Story::id).allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
        assertThat(stories())
                .extracting(Story::title)
                .allMatch(title -> title.matches("[A-Z].{15,80}[^.]"));
        assertThat(stories())
                .allSatisfy(
                        story ->
                                assertThat(Stream.of(story.from(), story.elsewhere(), story.here()))
                                        .noneMatch(String::isBlank));
    }

    @Test
    void every_requirement_is_shown() {
        var named = new TreeSet<String>(NO_INCIDENT);
        stories().forEach(story -> named.addAll(requirements(story.from())));

        assertThat(named).containsAll(all());
    }

    private static List<String> requirements(String from) {
        return Pattern.compile("\\b[WRGLM]\\d+\\b")
                .matcher(from)
                .results()
                .map(match -> match.group())
                .toList();
    }

    private static List<String> all() {
        return Stream.of(ids("W", 9), ids("R", 21), ids("G", 18), ids("L", 19), ids("M", 13))
                .flatMap(ids -> ids)
                .toList();
    }

    private static Stream<String> ids(String letter, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> letter + number);
    }

    @Test
    void nothing_is_waited_for_by_the_clock() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.util.concurrent.locks.LockSupport.class, java.util.Timer.class)
                .because("an incident that needs luck with time shows nothing")
                .check(CLASSES);
    }

    @Test
    void the_table_of_the_readme_is_true() throws IOException {
        var outcomes = Catalogue.INCIDENTS.stream().map(CatalogueTest::asItShouldBe).toList();

        assertThat(Files.readString(Path.of("README.md")))
                .contains(String.join("\n", Printer.markdown(outcomes)) + "\n");
    }

    /** What is seen when it is run: another test sees to that. */
    private static Outcome asItShouldBe(Incident it) {
        return new Outcome(it.story(), it.elsewhere(), it.right(), it.right());
    }
}
