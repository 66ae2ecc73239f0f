package io.coppice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who may know whom in core, and through which doors it touches the world. */
class ArchitectureTest {

    private static final String JAVA = "java..";
    private static final String NULLNESS = "org.jspecify..";
    private static final String PROCESS = "io.coppice.process..";
    private static final String ACTOR = "io.coppice.actor..";
    private static final String SPI = "io.coppice.spi..";
    private static final String LINK = "io.coppice.internal.link..";
    private static final String TABLE = "io.coppice.internal.table..";
    private static final String MAILBOX = "io.coppice.internal.mailbox..";
    private static final String RUN = "io.coppice.internal.run..";

    private static final JavaClasses CORE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.coppice");

    private static final Set<String> TIME_AND_THREADS =
            Set.of(
                    "java.lang.System.nanoTime",
                    "java.lang.System.currentTimeMillis",
                    "java.time.Instant.now",
                    "java.lang.Thread.sleep",
                    "java.lang.Thread.ofVirtual",
                    "java.lang.Thread.ofPlatform",
                    "java.lang.Thread.startVirtualThread");

    private static void onlyUses(String who, String why, String... whom) {
        classes()
                .that()
                .resideInAPackage(who)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(whom)
                .because(why)
                .check(CORE);
    }

    @Test
    void the_vocabulary_needs_nothing_but_java() {
        onlyUses(PROCESS, "everybody speaks it, also a transport", PROCESS, JAVA, NULLNESS);
    }

    @Test
    void the_doors_know_nobody() {
        onlyUses(
                SPI,
                "whoever replaces one must not need the runtime",
                SPI,
                PROCESS,
                JAVA,
                NULLNESS);
    }

    @Test
    void the_face_has_one_arrow_inward() {
        noClasses()
                .that(
                        resideInAPackage(ACTOR)
                                .and(
                                        describe(
                                                "are not Node",
                                                type -> !type.getSimpleName().equals("Node"))))
                .should()
                .dependOnClassesThat(resideInAPackage("io.coppice.internal.."))
                .because("only the factory of the node opens the house")
                .check(CORE);
        onlyUses(ACTOR, "users see no library of ours", ACTOR, PROCESS, SPI, RUN, JAVA, NULLNESS);
    }

    @Test
    void the_rules_of_links_are_pure() {
        onlyUses(
                LINK,
                "what links mean is decided without threads and clocks",
                LINK,
                TABLE,
                PROCESS,
                "java.lang..",
                NULLNESS);
    }

    @Test
    void tables_know_nothing_of_what_is_in_them() {
        onlyUses(
                TABLE,
                "a map needs no process",
                TABLE,
                "java.lang..",
                "java.util",
                "java.util.function..",
                NULLNESS);
    }

    @Test
    void the_mailbox_knows_identities_only() {
        onlyUses(MAILBOX, "a queue needs no runtime", MAILBOX, PROCESS, JAVA, NULLNESS);
    }

    @Test
    void time_and_threads_are_behind_doors() {
        noClasses()
                .that()
                .resideOutsideOfPackage(RUN)
                .should()
                .callCodeUnitWhere(
                        describe("time or threads", call -> isTimeOrThread(call.getTarget())))
                .because("a simulation replaces Clock and Scheduler, and nothing else")
                .check(CORE);
    }

    private static boolean isTimeOrThread(CodeUnitCallTarget target) {
        String name = target.getOwner().getFullName() + "." + target.getName();
        return TIME_AND_THREADS.contains(name) || name.equals("java.lang.Thread.<init>");
    }

    @Test
    void chance_is_behind_a_door() {
        noClasses()
                .that()
                .resideOutsideOfPackage(RUN)
                .should()
                .dependOnClassesThat(randomNumbers())
                .because("a simulation draws the numbers itself")
                .check(CORE);
    }

    @Test
    void nothing_is_sent() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..")
                .because("the door Transport comes with the first code that needs it")
                .check(CORE);
    }

    private static DescribedPredicate<JavaClass> randomNumbers() {
        return describe(
                "random numbers",
                type ->
                        Set.of(
                                        "java.util.Random",
                                        "java.util.SplittableRandom",
                                        "java.util.concurrent.ThreadLocalRandom",
                                        "java.security.SecureRandom")
                                .contains(type.getFullName()));
    }

    @Test
    void exported_signatures_show_no_library() {
        noClasses()
                .that()
                .resideInAnyPackage(PROCESS, ACTOR, SPI)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vavr..", "org.slf4j..")
                .because("what users compile against is Java's and ours alone")
                .check(CORE);
    }

    @Test
    void the_public_types_are_these() {
        var found =
                CORE.stream()
                        .filter(type -> type.isTopLevelClass())
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(resideInAnyPackage(PROCESS, ACTOR, SPI))
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(String.join(" ", found))
                .as("because what is public must be kept: add here what is to be")
                .isEqualTo(
                        "Actor ActorFactory ActorRef Answer Application CallFailure CallInterrupted"
                            + " CallRefused CallTimeout CalleeEnded Chance Clock Context Down"
                            + " ExitReason Exited Fates Inbox MailboxBound MailboxFull MonitorRef"
                            + " Monitored Name NoSuchProcess Node NodeEvent NodeListener"
                            + " NodeOptions Offer Overflow Pid ProcessEnded ProcessInfo Program"
                            + " Registry ReplyTo Scheduler ShutdownReport Signal SpawnOptions"
                            + " Spawner StartFailure StartResult Task TimerRef Timers Zombie");
    }

    @Test
    void the_name_of_every_test_class_says_that_it_is_one() throws IOException {
        try (var sources = Files.walk(Path.of("src/test/java"))) {
            var silent =
                    sources.filter(file -> file.toString().endsWith(".java"))
                            .filter(
                                    file ->
                                            !file.toString()
                                                    .matches(".*(Test|Tests|Properties)\\.java"))
                            .filter(ArchitectureTest::holdsTests)
                            .toList();
            assertThat(silent).as("because others are skipped without a word").isEmpty();
        }
    }

    private static boolean holdsTests(Path source) {
        try {
            return Files.readString(source)
                    .matches("(?s).*\n\\s*@(Test|Property|ParameterizedTest)\\b.*");
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
