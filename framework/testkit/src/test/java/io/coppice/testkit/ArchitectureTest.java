package io.coppice.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

/** Who may know whom in the testkit. */
class ArchitectureTest {

    private static final JavaClasses TESTKIT =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.coppice.testkit");

    @Test
    void only_the_inside_of_a_simulation_holds_threads() {
        noClasses()
                .that()
                .resideInAPackage("io.coppice.testkit")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.locks.LockSupport")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "ofVirtual")
                .because("a test waits for what it expects, and for nothing else")
                .check(TESTKIT);
    }

    @Test
    void the_public_types_of_a_simulation_are_these() {
        var found =
                TESTKIT.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> type.getPackageName().equals("io.coppice.testkit"))
                        .map(JavaClass::getSimpleName)
                        .sorted()
                        .toList();
        assertThat(String.join(" ", found))
                .as("because what is public must be kept: add here what is to be")
                .isEqualTo(
                        "Faults Findings Hunt Probe Replay Scenario Search Seed Simulated"
                                + " Simulation SimulationExtension SimulationFailure Trace");
    }

    @Test
    void scripts_and_laws_know_the_face_of_a_node_and_not_its_inside() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.coppice.testkit.script..",
                        "io.coppice.testkit.model..",
                        "io.coppice.testkit.laws..",
                        "io.coppice.testkit.jqwik..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.coppice.internal..")
                .because("a second opinion must not be asked of the first")
                .check(TESTKIT);
    }

    @Test
    void a_supervisor_of_the_model_knows_no_world() {
        noClasses()
                .that()
                .resideInAPackage("io.coppice.testkit.model.supervisor")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.coppice.testkit.model")
                .because("it is a process like any other, and can do no more than they can")
                .check(TESTKIT);
    }
}
