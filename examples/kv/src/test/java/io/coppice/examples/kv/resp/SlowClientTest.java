package io.coppice.examples.kv.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coppice.examples.kv.RespClient;
import io.coppice.examples.kv.TinyServer;
import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Reply;
import io.netty.channel.Channel;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients that do not do their part, on real sockets. */
class SlowClientTest {

    private static final int VALUE_BYTES = 4 << 20;
    private static final int REPLIES = 50;

    @Test
    void a_client_that_does_not_read_costs_a_buffer_and_loses_nothing() throws IOException {
        try (var server = new TinyServer(new RespCodec(RespLimits.DEFAULT));
                var client = new RespClient(server.port())) {
            var value = Bytes.wrap(new byte[VALUE_BYTES]);
            client.ask(List.of(Bytes.of("SET"), Bytes.of("key"), value));
            for (int i = 0; i < REPLIES; i++) {
                client.send(List.of(Bytes.of("GET"), Bytes.of("key")));
            }
            await().until(() -> !server.channels().get(0).isWritable());

            try (var other = new RespClient(server.port())) {
                assertThat(other.ask("PING")).isEqualTo(new Reply.Simple("PONG"));
            }
            assertThat(pendingBytes(server.channels().get(0))).isLessThan(200_000);

            for (int i = 0; i < REPLIES; i++) {
                assertThat(client.read()).isEqualTo(new Reply.Bulk(value));
            }
            assertThat(server.codec().requestBytes()).isZero();
        }
    }

    @Test
    void a_client_that_never_reads_is_let_go() throws IOException {
        var limits = RespLimits.DEFAULT.withStall(Duration.ofMillis(200));
        try (var server = new TinyServer(new RespCodec(limits));
                var client = new RespClient(server.port())) {
            client.ask(
                    List.of(Bytes.of("SET"), Bytes.of("key"), Bytes.wrap(new byte[VALUE_BYTES])));
            for (int i = 0; i < REPLIES; i++) {
                client.send(List.of(Bytes.of("GET"), Bytes.of("key")));
            }

            await().until(() -> !server.channels().get(0).isOpen());
            assertThat(server.codec().requestBytes()).isZero();
        }
    }

    @Test
    void a_gigabyte_that_is_announced_is_refused_before_it_comes() throws IOException {
        try (var server = new TinyServer(new RespCodec(RespLimits.DEFAULT));
                var client = new RespClient(server.port())) {
            client.sendRaw("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1073741824\r\n");

            assertThat(client.read())
                    .isEqualTo(new Reply.Error("ERR Protocol error: invalid bulk length"));
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_thousand_idle_connections_do_not_disturb() throws IOException {
        var idle = new ArrayList<RespClient>();
        try (var server = new TinyServer(new RespCodec(RespLimits.DEFAULT))) {
            for (int i = 0; i < 1000; i++) {
                idle.add(new RespClient(server.port()));
            }
            idle.get(500).sendRaw("*2\r\n$3\r\nGET\r\n$1000\r\nhalf of it");

            assertThat(idle.get(999).ask("PING")).isEqualTo(new Reply.Simple("PONG"));
            assertThat(server.codec().requestBytes()).isLessThan(10_000);
        } finally {
            for (var client : idle) {
                client.close();
            }
        }
    }

    private static long pendingBytes(Channel channel) {
        var pending = channel.unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }
}
