package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.MailboxBound;
import io.coppice.actor.Overflow;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;

/** One seed, one run. */
class DeterminismTest {

    private static final Hunt HUNT = Hunt.of(Bank::money_stays).withName("money_stays");

    /** So many links, monitors and waiting calls that the links are hashed. */
    private static final Hunt CROWD =
            Hunt.of(
                    simulation -> {
                        var node = simulation.node();
                        ActorFactory<Object> hub =
                                context -> {
                                    for (int i = 0; i < 20; i++) {
                                        ActorFactory<Object> child = c -> message -> {};
                                        context.spawnLinked(
                                                child,
                                                SpawnOptions.defaults().withLabel("child" + i));
                                    }
                                    return message -> {};
                                };
                        var centre = node.start(hub, SpawnOptions.defaults().withLabel("hub"));
                        for (int i = 0; i < 12; i++) {
                            ActorFactory<Object> watcher =
                                    context -> {
                                        context.monitor(centre.pid(), down -> down);
                                        context.monitor(centre.pid(), down -> down);
                                        context.<Object, String>request(
                                                centre,
                                                replyTo -> "ask",
                                                Duration.ofSeconds(9),
                                                answer -> answer);
                                        return message -> {};
                                    };
                            node.start(watcher, SpawnOptions.defaults().withLabel("watcher" + i));
                        }
                        simulation.settle();
                        node.kill(centre.pid());
                    });

    /** Senders in line before a full mailbox, all told at once that nobody gets in any more. */
    private static final Hunt LINE =
            Hunt.of(
                    simulation -> {
                        simulation.faults(Faults.none().slow("full", Duration.ofSeconds(1)));
                        var node = simulation.node();
                        ActorFactory<String> deaf = context -> message -> {};
                        var full =
                                node.start(
                                        deaf,
                                        SpawnOptions.<String>defaults()
                                                .withLabel("full")
                                                .withMailbox(
                                                        MailboxBound.bounded(1, Overflow.BLOCK)));
                        for (int i = 0; i < 12; i++) {
                            Program<String> sender =
                                    (context, inbox) -> {
                                        full.send("in line");
                                        full.send("again");
                                    };
                            node.spawn(sender, SpawnOptions.<String>defaults().source());
                        }
                        simulation.settle();
                        simulation.await(node.beginStop(Duration.ofSeconds(9)));
                    });

    @Test
    void the_same_seed_gives_the_same_bytes() {
        for (int number = 1; number <= 20; number++) {
            var once = HUNT.trace(number).toString();
            var again = HUNT.trace(number).toString();
            assertThat(again).isEqualTo(once).hasSizeGreaterThan(1_000);
        }
    }

    @Test
    void another_machine_gives_the_same_bytes() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var other =
                new ProcessBuilder(
                                java,
                                "-XX:+UnlockExperimentalVMOptions",
                                "-XX:hashCode=2",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Elsewhere.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var theirs = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(theirs).isEqualTo(Elsewhere.traces()).hasSizeGreaterThan(10_000);
    }

    /** Run by another Java, in which all objects lie elsewhere. */
    static final class Elsewhere {

        static String traces() {
            return HUNT.trace(7) + "\n\n" + CROWD.trace(3) + "\n\n" + LINE.trace(2) + "\n";
        }

        public static void main(String[] none) {
            System.out.print(traces());
        }
    }

    @Test
    void other_seeds_give_other_runs() {
        var traces = new HashSet<String>();
        for (int number = 1; number <= 20; number++) {
            traces.add(HUNT.trace(number).toString());
        }
        assertThat(traces).hasSize(20);
    }

    @Test
    void a_thousand_schedules_of_ten_processes_take_about_a_second() {
        HUNT.withSchedules(2_000).check();
        long start = System.nanoTime();
        var findings = HUNT.withSchedules(1_000).run();
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("1,000 schedules of ten processes took " + millis + " ms");
        assertThat(findings.failure()).isEmpty();
        assertThat(findings.schedules()).isEqualTo(1_000);
        assertThat(millis).isLessThan(30_000);
    }

    private static int length(String[] texts) {
        return texts[0].length();
    }

    private static String traceOfACrash() {
        ActorFactory<String> crashing = context -> message -> length(new String[1]);
        return Hunt.of(
                        simulation -> {
                            simulation.node().start(crashing).send("crash");
                            simulation.settle();
                        })
                .trace(1)
                .toString();
    }

    /** A JVM that has thrown one exception by itself for long throws it without a message. */
    @Test
    void a_trace_is_the_same_when_the_jvm_no_longer_says_why_it_throws() {
        var cold = traceOfACrash();
        var texts = new String[1];
        String said = "";
        for (int i = 0; i < 20_000_000 && said != null; i++) {
            try {
                length(texts);
            } catch (NullPointerException thrown) {
                said = thrown.getMessage();
            }
        }
        assertThat(said).as("what a hot JVM says").isNull();
        assertThat(traceOfACrash()).isEqualTo(cold);
        assertThat(cold).contains("throws java.lang.NullPointerException");
    }
}
