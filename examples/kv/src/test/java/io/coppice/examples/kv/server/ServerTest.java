package io.coppice.examples.kv.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Name;
import io.coppice.examples.kv.RespClient;
import io.coppice.examples.kv.log.LogOptions;
import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Reply;
import io.coppice.process.Pid;
import io.coppice.supervision.ChildInfo;
import io.coppice.supervision.ChildStatus;
import io.coppice.supervision.DynamicSupervisor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** The server as its clients see it, while its processes are killed and while others misbehave. */
class ServerTest {

    private static final int SHARDS = 4;

    @TempDir Path data;
    private KvServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                KvServer.start(
                        new KvServer.Settings(0, data, LogOptions.DEFAULT, SHARDS, 0, Set.of()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RespClient client() throws IOException {
        return new RespClient(server.address().getPort());
    }

    private static List<Bytes> words(Object... words) {
        return Arrays.stream(words).map(Object::toString).map(Bytes::of).toList();
    }

    @Test
    void answers_come_in_the_order_of_the_requests_whichever_shard_they_are_for() throws Exception {
        try (var client = client()) {
            for (int i = 0; i < 1_000; i++) {
                client.send(words("SET", "key" + i, i));
                client.send(words("GET", "key" + i));
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(client.read()).isEqualTo(Reply.OK);
                assertThat(client.read()).isEqualTo(Reply.bulk("" + i));
            }
            assertThat(client.ask("DBSIZE")).isEqualTo(Reply.of(1_000));
        }
    }

    @Test
    void an_increment_counts_once_whoever_is_killed_meanwhile() throws Exception {
        int clients = 4;
        int each = 2_000;
        var done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var killer = threads.submit(() -> killUntil(done));
            var work = new ArrayList<Callable<Long>>();
            for (int i = 0; i < clients; i++) {
                work.add(() -> increment(each));
            }
            for (var highest : threads.invokeAll(work)) {
                assertThat(highest.get()).isBetween((long) each, (long) clients * each);
            }
            done.set(true);
            assertThat(killer.get()).isPositive();
        }
        try (var client = client()) {
            assertThat(client.ask("GET", "counter")).isEqualTo(Reply.bulk("" + clients * each));
        }
    }

    /**
     * @return the last answer; each is greater than the one before
     */
    private long increment(int times) throws IOException {
        long last = 0;
        try (var client = client()) {
            for (int i = 0; i < times; i += 10) {
                for (int j = 0; j < 10; j++) {
                    client.send(words("INCR", "counter"));
                }
                for (int j = 0; j < 10; j++) {
                    assertThat(client.read()).isInstanceOf(Reply.Number.class);
                    last++;
                }
            }
        }
        return last;
    }

    private int killUntil(AtomicBoolean done) {
        var random = new Random(7);
        int kills = 0;
        while (!done.get()) {
            var victim = victims().get(random.nextInt(victims().size()));
            var found = server.node().registry().lookup(victim);
            if (found.isPresent()) {
                var dead = found.get().pid();
                server.node().kill(dead);
                kills++;
                await().until(
                                () ->
                                        server.node()
                                                .registry()
                                                .lookup(victim)
                                                .filter(next -> next.pid() != dead)
                                                .isPresent());
            }
        }
        return kills;
    }

    private static List<Name<?>> victims() {
        return List.of(
                KvTree.STORE,
                KvTree.FRONT,
                KvTree.CONNECTIONS,
                KvTree.LISTENER,
                Shard.name(0),
                Shard.name(1),
                Shard.name(2),
                Shard.name(3));
    }

    @Test
    void a_client_stays_connected_when_its_process_is_killed() throws Exception {
        try (var client = client()) {
            assertThat(client.ask("CLIENT", "SETNAME", "ann")).isEqualTo(Reply.OK);

            connections().forEach(server.node()::kill);

            assertThat(client.ask("CLIENT", "GETNAME")).isEqualTo(Reply.bulk("ann"));
            assertThat(client.ask("SET", "a", "1")).isEqualTo(Reply.OK);
        }
    }

    private List<Pid> connections() {
        ActorRef<DynamicSupervisor.Message<Visitor, Connection.Message>> supervisor =
                server.node().registry().ref(KvTree.CONNECTIONS);
        List<ChildInfo> children =
                supervisor.call(
                        DynamicSupervisor.Message.WhichChildren::new, Duration.ofSeconds(5));
        return children.stream()
                .map(ChildInfo::status)
                .filter(ChildStatus.Running.class::isInstance)
                .map(running -> ((ChildStatus.Running) running).pid())
                .toList();
    }

    @Test
    void a_client_that_closes_its_half_is_answered_and_let_go() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (var client = client()) {
                client.send(words("SET", "a", i));
                client.send(words("GET", "a"));
                client.shutdownOutput();

                assertThat(client.read()).isEqualTo(Reply.OK);
                assertThat(client.read()).isEqualTo(Reply.bulk("" + i));
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void what_was_acknowledged_is_there_when_the_server_is_started_again() throws Exception {
        try (var client = client()) {
            client.ask("RPUSH", "list", "a", "b");
            client.ask("HSET", "hash", "field", "value");
        }
        server.close();
        start();
        try (var client = client()) {
            assertThat(client.ask("LRANGE", "list", "0", "-1"))
                    .isEqualTo(Reply.bulks(words("a", "b")));
            assertThat(client.ask("HGET", "hash", "field")).isEqualTo(Reply.bulk("value"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "*2~$3~GET~$1073741824~   | ERR Protocol error: invalid bulk length",
                "*2~$3~GET~$xyz~          | ERR Protocol error: invalid bulk length",
                "*1~$-5~                  | ERR Protocol error: invalid bulk length",
                "*1073741824~             | ERR Protocol error: invalid multibulk length",
                "*abc~                    | ERR Protocol error: invalid multibulk length",
                "*1~:5~                   | ERR Protocol error: expected '$', got ':'",
                "*1~*1~$4~PING~           | ERR Protocol error: expected '$', got '*'",
            })
    void who_sends_what_is_no_request_is_told_so_and_let_go(String sent, String error)
            throws Exception {
        try (var bystander = client();
                var client = client()) {
            client.sendRaw(sent.replace("~", "\r\n"));

            assertThat(client.read()).isEqualTo(new Reply.Error(error));
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(bystander.ask("PING")).isEqualTo(new Reply.Simple("PONG"));
        }
    }

    @Test
    void a_line_of_more_than_64_kilobytes_is_too_big() throws Exception {
        try (var client = client()) {
            client.sendRaw("x".repeat(80_000));
            assertThat(client.read())
                    .isEqualTo(new Reply.Error("ERR Protocol error: too big inline request"));
        }
    }

    @Test
    void lengths_that_are_announced_take_no_memory() throws Exception {
        var clients = new ArrayList<RespClient>();
        long before = usedBytes();
        for (int i = 0; i < 200; i++) {
            var client = client();
            client.sendRaw("*1000000\r\n$60000000\r\nxxxx"); // 12 GB, were they believed
            clients.add(client);
        }
        try (var bystander = client()) {
            assertThat(bystander.ask("PING")).isEqualTo(new Reply.Simple("PONG"));
        }
        assertThat(usedBytes() - before).isLessThan(100L << 20);
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void a_client_that_does_not_read_its_answers_is_not_read_either() throws Exception {
        try (var greedy = client();
                var bystander = client()) {
            greedy.ask(List.of(Bytes.of("SET"), Bytes.of("big"), Bytes.wrap(new byte[1 << 20])));
            long before = usedBytes();
            for (int i = 0; i < 1_000; i++) {
                greedy.send(words("GET", "big")); // a gigabyte of answers
            }
            for (int i = 0; i < 100; i++) {
                assertThat(bystander.ask("PING")).isEqualTo(new Reply.Simple("PONG"));
            }
            assertThat(usedBytes() - before).isLessThan(400L << 20);
        }
    }

    /** Their number comes from {@code -Dkv.idle=N}; 10,000 need as many files to be allowed. */
    @Test
    void idle_connections_hurt_nobody() throws Exception {
        int idle = Integer.getInteger("kv.idle", 2_000);
        long before = usedBytes();
        var clients = new ArrayList<RespClient>();
        for (int i = 0; i < idle; i++) {
            clients.add(client());
        }
        try (var bystander = client()) {
            assertThat(bystander.ask("PING")).isEqualTo(new Reply.Simple("PONG"));
        }
        long each = (usedBytes() - before) / idle;
        System.out.println("[kv] " + idle + " idle connections, about " + each + " bytes each");
        assertThat(each).isLessThan(32 << 10); // both ends: this JVM holds the clients too
        for (var client : clients) {
            client.close();
        }
        await().untilAsserted(() -> assertThat(connections()).isEmpty());
    }

    private static long usedBytes() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
