package io.coppice.examples.kv.resp;

import static io.coppice.examples.kv.resp.Wire.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.examples.kv.store.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

class RespCodecTest {

    private static final RespLimits LIMITS = RespLimits.DEFAULT;

    private Wire wire = new Wire();

    @AfterEach
    void no_buffer_is_left() {
        wire.close();
        assertThat(wire.leaked()).isZero();
        assertThat(wire.codec().requestBytes()).isZero();
    }

    private void use(RespLimits limits) {
        wire.close();
        wire = new Wire(new RespCodec(limits));
    }

    /** What is said of the line ends is Netty's; Redis takes LF alone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    *x\\r\\n ; invalid multibulk length
                    *1048577\\r\\n ; invalid multibulk length
                    *99999999999999999999\\r\\n ; invalid multibulk length
                    *9999999999999999999\\r\\n ; invalid multibulk length
                    *-2\\r\\n ; invalid multibulk length
                    *12345678901234567890123 ; invalid multibulk length
                    *1\\r\\n$x\\r\\n ; invalid bulk length
                    *1\\r\\n$-1\\r\\n ; invalid bulk length
                    *1\\r\\n$1073741824\\r\\n ; invalid bulk length
                    *1\\r\\n$67108865\\r\\n ; invalid bulk length
                    *1\\r\\n$3\\r\\nabcd\\r\\n ; invalid bulk length
                    *1\\r\\nPING\\r\\n ; expected '$', got 'P'
                    *1\\r\\n:5\\r\\n ; expected '$', got ':'
                    *1\\r\\n*1\\r\\n ; expected '$', got '*'
                    *2\\r\\n$3\\r\\nGET\\r\\n+a\\r\\n ; expected '$', got '+'
                    $4\\r\\nPING\\r\\n ; expected '*', got '$'
                    SET "a\\r\\n ; unbalanced quotes in request
                    SET "a"b c\\r\\n ; unbalanced quotes in request
                    SET a \\377\\r\\n ; inline request is not UTF-8
                    PING\\n ; a line must end in CR LF
                    \\nPING\\r\\n ; a line must end in CR LF
                    POST / HTTP/1.1\\r\\n ; HTTP is not spoken here
                    Host: localhost\\r\\n ; HTTP is not spoken here
                    """)
    void what_is_no_request_is_refused_and_nothing_after_it_is_heard(String bytes, String error) {
        wire.receive("*1\r\n$4\r\nPING\r\n")
                .receive(bytes.translateEscapes())
                .receive("*1\r\n$4\r\nPING\r\n");

        assertThat(wire.requests())
                .containsExactly(words("PING"), new Reply.Error("ERR Protocol error: " + error));
    }

    @Test
    void a_line_without_an_end_is_refused_when_it_is_too_long() {
        wire.receive("x".repeat(65_537));

        assertThat(wire.requests())
                .containsExactly(new Reply.Error("ERR Protocol error: too big inline request"));
    }

    @Test
    void lines_are_commands_too() {
        wire.receive("PING\r\n")
                .receive("  GET   a\tb \r\n")
                .receive("SET \"a b\" 'c d'\r\n")
                .receive("SET \"\\x41\\\"\\n\\q\\xg\" 'it\\'s'\r\n")
                .receive("SET \"\" ''\r\n")
                .receive("+OK\r\n:5\r\n-x\r\n");

        assertThat(wire.requests())
                .containsExactly(
                        words("PING"),
                        words("GET", "a", "b"),
                        words("SET", "a b", "c d"),
                        words("SET", "A\"\nqxg", "it's"),
                        words("SET", "", ""),
                        words("+OK"),
                        words(":5"),
                        words("-x"));
    }

    @Test
    void nothing_asked_is_nothing_answered() {
        wire.receive("\r\n*0\r\n*-1\r\n   \r\n");

        assertThat(wire.requests()).isEmpty();
    }

    @Test
    void lengths_alone_take_no_memory() {
        wire.receive("*1048576\r\n$67108864\r\n");
        assertThat(wire.codec().requestBytes()).isBetween(1L, 20_000L);

        wire.receive("x".repeat(100_000));
        assertThat(wire.codec().requestBytes()).isBetween(100_000L, 250_000L);
    }

    @Test
    void a_request_takes_memory_until_it_is_answered() {
        wire.receive("*2\r\n$4\r\nECHO\r\n$100000\r\n" + "x".repeat(100_000) + "\r\n");
        assertThat(wire.codec().requestBytes()).isGreaterThan(100_000);

        wire.send(Reply.OK);

        assertThat(wire.codec().requestBytes()).isZero();
        assertThat(new String(wire.sent())).isEqualTo("+OK\r\n");
    }

    @Test
    void a_request_of_words_each_of_which_would_do_may_be_too_long() {
        use(LIMITS.withRequestBytes(1_000, 1L << 30));
        String word = "$500\r\n" + "x".repeat(500) + "\r\n";

        wire.receive("*3\r\n" + word + word);

        assertThat(wire.requests())
                .containsExactly(new Reply.Error("ERR Protocol error: too big request"));
    }

    @Test
    void many_empty_words_are_not_for_nothing() {
        use(LIMITS.withRequestBytes(64_000, 1L << 30));

        wire.receive("*1048576\r\n" + "$0\r\n\r\n".repeat(1_001));

        assertThat(wire.requests())
                .containsExactly(new Reply.Error("ERR Protocol error: too big request"));
    }

    @Test
    void all_clients_together_are_bounded_and_those_who_were_there_go_on() {
        var codec = new RespCodec(LIMITS.withRequestBytes(100_000, 100_000));
        String half = "*1\r\n$90000\r\n" + "x".repeat(60_000);
        try (var first = new Wire(codec);
                var second = new Wire(codec)) {
            first.receive(half);
            second.receive(half);
            assertThat(second.requests())
                    .containsExactly(
                            new Reply.Error(
                                    "OOM the requests of all clients take too much memory"));
            assertThat(codec.requestBytes()).isLessThan(100_000);

            first.receive("x".repeat(30_000) + "\r\n");
            assertThat(first.requests()).hasSize(1);
        }
        assertThat(codec.requestBytes()).isZero();
    }

    @Test
    void silence_in_the_middle_of_a_request_is_ended_and_between_requests_it_is_not() {
        use(LIMITS.withStall(Duration.ofSeconds(60)));
        wire.receive("*1\r\n$4\r\nPING\r\n");
        pass(600);
        wire.receive("*1\r\n$4\r\nPI");
        pass(59);
        assertThat(wire.requests()).containsExactly(words("PING"));
        wire.receive("N");
        pass(59);
        assertThat(wire.requests()).isEmpty();

        pass(61);

        assertThat(wire.requests())
                .containsExactly(
                        new Reply.Error("ERR Protocol error: request is not completed in time"));
    }

    @Test
    void a_client_that_is_not_read_is_not_silent() {
        use(LIMITS.withStall(Duration.ofSeconds(60)));
        wire.channel().config().setAutoRead(false);
        wire.receive("*1\r\n$4\r\nPI");
        pass(570);
        wire.channel().config().setAutoRead(true);
        pass(59);

        assertThat(wire.requests()).isEmpty();
    }

    private void pass(long seconds) {
        wire.channel().advanceTimeBy(seconds, TimeUnit.SECONDS);
        wire.channel().runScheduledPendingTasks();
    }

    @Test
    void wrong_limits_are_refused_by_name() {
        assertThatThrownBy(() -> LIMITS.withWordBytes(0))
                .hasMessage("word bytes: 0 (1 to 536870912)");
        assertThatThrownBy(() -> LIMITS.withStall(Duration.ZERO)).hasMessage("stall: PT0S");
        assertThat(List.of(LIMITS.stall())).containsExactly(Duration.ofMinutes(1));
    }
}
