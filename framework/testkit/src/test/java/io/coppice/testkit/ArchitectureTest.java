package io.coppice.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
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
}
