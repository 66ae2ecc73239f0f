package io.coppice.supervision;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.spi.Chance;
import io.coppice.spi.Clock;

import org.junit.jupiter.api.Test;

import java.util.TreeSet;
import java.util.stream.Collectors;

/** What supervisors may use. */
class ArchitectureTest {

    private static final String[] FOR_PROPERTY_TESTS = {
        "io.coppice.supervision.jqwik..", "io.coppice.supervision.laws.."
    };

    private static final JavaClasses TREE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.coppice.supervision");

    @Test
    void supervisors_are_built_on_what_everybody_can_use() {
        classes()
                .that()
                .resideOutsideOfPackages(FOR_PROPERTY_TESTS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.coppice.supervision..",
                        "io.coppice.actor..",
                        "io.coppice.process..",
                        "io.coppice.spi..",
                        "io.coppice.internal.table..", // maps, which know of no process
                        "io.vavr..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "java..")
                .because("if a supervisor needed a back door, so would users")
                .check(TREE);
    }

    @Test
    void what_is_decided_is_decided_in_pure_code() {
        classes()
                .that()
                .haveNameMatching(
                        ".*\\.(SupervisorState|Turn|Operation|Requests|Children|Slot|Work|Phase|Step|Effect"
                            + "|RestartBudget|Backoff|Events|Rules|Flags|TreeCheck|Times|Failing|Uses"
                            + "|Part|TextPrinter|MermaidPrinter)(\\$.*)?")
                .and()
                .doNotHaveSimpleName("TreeCheck") // it logs what it has found
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackages(
                                        "org.slf4j..", "java.util.concurrent..", "io.coppice.spi..")
                                .and(not(belongToAnyOf(Context.class, Node.class))))
                .because("a state is tested without threads, and given the time")
                .check(TREE);
    }

    @Test
    void time_chance_and_threads_are_those_of_the_node() {
        noClasses()
                .should()
                .accessTargetWhere(
                        describe(
                                "time, chance or threads",
                                access ->
                                        access.getTarget()
                                                .getFullName()
                                                .matches(
                                                        "java\\.lang\\.(System\\.(nanoTime|currentTimeMillis)"
                                                            + "|Thread\\.(sleep|ofVirtual|ofPlatform"
                                                            + "|startVirtualThread|<init>)).*"
                                                            + "|java\\.time\\.Instant\\.now.*"
                                                            + "|java\\.util\\..*Random.*")))
                .because("a simulation replaces " + Clock.class + " and " + Chance.class)
                .check(TREE);
    }

    @Test
    void whoever_waits_lets_the_node_know() {
        noClasses()
                .that()
                .doNotHaveSimpleName("TreeRun") // the main thread, on its way out
                .should()
                .accessTargetWhere(
                        describe(
                                "a wait that no scheduler sees",
                                access ->
                                        access.getTarget()
                                                .getFullName()
                                                .matches(
                                                        "java\\.util\\.concurrent\\.(\\w*Future\\.(join|get)"
                                                            + "|CountDownLatch\\.await|locks\\..*"
                                                            + "|Semaphore\\.acquire"
                                                            + "|\\w*BlockingQueue\\.(take|poll|put))\\(.*"
                                                            + "|java\\.lang\\.Object\\.wait\\(.*")))
                .because("a simulation must let others go on; that is what Node.await is for")
                .check(TREE);
    }

    @Test
    void exported_signatures_show_no_library() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages("io.vavr.."))
                .because("what users compile against is Java's and ours alone")
                .check(TREE);
    }

    @Test
    void what_is_for_property_tests_is_apart() {
        noClasses()
                .that()
                .resideOutsideOfPackages(FOR_PROPERTY_TESTS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.coppice.supervision.jqwik..",
                        "io.coppice.supervision.laws..",
                        "io.coppice.testkit..",
                        "net.jqwik..")
                .because("who runs a tree has neither jqwik nor the testkit")
                .check(TREE);
    }

    @Test
    void the_public_types_are_these() {
        var found =
                TREE.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(String.join(" ", found))
                .as("because what is public must be kept: add here what is to be")
                .isEqualTo(
                        "AutoShutdown Backoff Child ChildCount ChildFactory ChildInfo ChildSpec"
                            + " ChildStart ChildStatus ChildTemplate ChildType DynamicSupervisor"
                            + " FailedToStartChild Finding GaveUp Outcome PartitionSupervisor"
                            + " Problem Refusal Restart ShutdownMode SimulatedSupervisionLaws"
                            + " Strategy SupervisionLaw SupervisionLaws Supervisor TaskRef"
                            + " TaskResult TaskSupervisor TreeChange TreeError TreeEvent TreeFormat"
                            + " TreeLaws TreeListener TreeModel TreeScript TreeScripts TreeTrace"
                            + " TreeView Trees Warning");
    }
}
