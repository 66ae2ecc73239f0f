package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.supervision.Supervisor.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A tree as a program, in a JVM of its own. */
@Timeout(120)
class RunTest {

    private static final int SIGTERM = 128 + 15;

    /** A program: two workers; the second one does what the argument says. */
    static final class Main {

        private static final Name<Message> TOP = Name.of("top");

        public static void main(String[] args) {
            var tree =
                    supervisor("top", ONE_FOR_ONE)
                            .name(TOP)
                            .children(
                                    worker("a", (Context<Object> it) -> new Member(it, "a")),
                                    worker("b", (Context<Object> it) -> new Member(it, "b")),
                                    worker("last", (Context<Object> it) -> last(it, args[0])));
            System.exit(tree.run());
        }

        private static Actor<Object> last(Context<Object> context, String what) {
            switch (what) {
                case "wait" -> context.self().send("ready");
                case "hang" -> hang();
                case "normal" -> stop(context, ExitReason.NORMAL);
                case "shutdown" -> stop(context, ExitReason.SHUTDOWN);
                case "boom" -> stop(context, ExitReason.custom("boom"));
                case "crash" -> context.self().send("crash");
                case "fail" -> throw context.stop(ExitReason.custom("boom"));
                default -> throw new IllegalArgumentException(what);
            }
            return Main::say;
        }

        private static void say(Object message) {
            if (message.equals("crash")) {
                throw new IllegalStateException("ordered to");
            }
            System.out.println(message);
        }

        private static void hang() {
            System.out.println("ready");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        private static void stop(Context<Object> context, ExitReason reason) {
            context.node().registry().ref(TOP).send(new Message.Stop(reason));
        }
    }

    private static final class Member implements Actor<Object> {
        private final Context<Object> context;
        private final String id;

        Member(Context<Object> context, String id) {
            this.context = context;
            this.id = id;
            context.trapExits(exited -> exited);
        }

        @Override
        public void receive(Object message) {
            if (message instanceof Exited exited) {
                throw context.stop(exited.reason());
            }
        }

        @Override
        public void stopped(ExitReason reason) {
            System.out.println("stop " + id + " " + reason);
        }
    }

    private static Process start(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        what)
                .start();
    }

    private static int exitCode(Process program) throws InterruptedException {
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return program.exitValue();
    }

    private static List<String> stopLines(BufferedReader output) {
        return output.lines().toList();
    }

    @Test
    void sigterm_stops_the_tree_in_order() throws Exception {
        var program = start("wait");
        var output = program.inputReader();
        assertThat(output.readLine()).isEqualTo("ready");

        program.toHandle().destroy(); // Process.destroy would close its output as well

        assertThat(exitCode(program)).isEqualTo(SIGTERM);
        assertThat(stopLines(output)).containsExactly("stop b shutdown", "stop a shutdown");
    }

    @Test
    void sigterm_while_the_tree_starts_stops_what_has_started() throws Exception {
        var program = start("hang");
        var output = program.inputReader();
        assertThat(output.readLine()).isEqualTo("ready");

        program.toHandle().destroy();

        assertThat(exitCode(program)).isEqualTo(SIGTERM);
        assertThat(stopLines(output)).containsExactly("stop b shutdown", "stop a shutdown");
    }

    @Test
    void a_tree_that_ends_normally_or_shuts_down_has_exit_code_zero() throws Exception {
        for (var reason : List.of("normal", "shutdown")) {
            var program = start(reason);

            assertThat(exitCode(program)).isZero();
            assertThat(stopLines(program.inputReader()))
                    .containsExactly("stop b shutdown", "stop a shutdown");
        }
    }

    @Test
    void a_tree_that_runs_is_the_root_of_its_node() {
        var top = Name.<Message>of("top");
        var tree =
                supervisor("top", ONE_FOR_ONE)
                        .name(top)
                        .children(
                                Child.loop(
                                        "looker",
                                        node -> {
                                            await().until(() -> node.root().isPresent());
                                            var named = node.registry().ref(top);
                                            if (node.root().get().equals(named.pid())) {
                                                named.send(new Message.Stop(ExitReason.NORMAL));
                                            }
                                        }));

        assertThat(tree.run()).isZero();
    }

    @Test
    void a_tree_that_ends_otherwise_has_exit_code_one() throws Exception {
        assertThat(exitCode(start("boom"))).isEqualTo(1);
    }

    @Test
    void a_tree_that_gives_up_has_exit_code_one_and_says_why_without_any_logging()
            throws Exception {
        var program = start("crash");

        assertThat(exitCode(program)).isEqualTo(1);
        assertThat(program.errorReader().lines())
                .contains(
                        "java.lang.IllegalStateException: ordered to",
                        "supervisor top ended: shutdown: gave up on last: 2 failures within 5 s (1"
                                + " allowed), the last: crashed: java.lang.IllegalStateException:"
                                + " ordered to");
    }

    @Test
    void a_tree_that_does_not_start_has_exit_code_one() throws Exception {
        assertThat(exitCode(start("fail"))).isEqualTo(1);
    }
}
