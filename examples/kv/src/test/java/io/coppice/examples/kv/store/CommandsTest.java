package io.coppice.examples.kv.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class CommandsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    get ; ERR wrong number of arguments for 'get' command
                    GET a b ; ERR wrong number of arguments for 'get' command
                    mset a 1 b ; ERR wrong number of arguments for 'mset' command
                    ping a b ; ERR wrong number of arguments for 'ping' command
                    lpop a 1 2 ; ERR wrong number of arguments for 'lpop' command
                    Foo a b ; ERR unknown command 'Foo', with args beginning with: 'a' 'b'
                    foo ; ERR unknown command 'foo', with args beginning with:
                    set a 1 NX XX ; ERR syntax error
                    set a 1 EX ; ERR syntax error
                    set a 1 EX 1 PX 1 ; ERR syntax error
                    set a 1 what ; ERR syntax error
                    set a 1 EX x ; ERR value is not an integer or out of range
                    set a 1 EX 0 ; ERR invalid expire time in 'set' command
                    set a 1 PX -5 ; ERR invalid expire time in 'set' command
                    set a 1 EX 9223372036854775807 ; ERR invalid expire time in 'set' command
                    expire a x ; ERR value is not an integer or out of range
                    expire a 9223372036854775807 ; ERR invalid expire time in 'expire' command
                    expire a 1 NX XX ; ERR NX and XX, GT or LT options at the same time are not compatible
                    expire a 1 GT LT ; ERR GT and LT options at the same time are not compatible
                    expire a 1 foo ; ERR Unsupported option foo
                    scan x ; ERR invalid cursor
                    scan -1 ; ERR invalid cursor
                    scan 0 COUNT 0 ; ERR syntax error
                    scan 0 COUNT x ; ERR value is not an integer or out of range
                    scan 0 MATCH ; ERR syntax error
                    flushall now ; ERR syntax error
                    select 1 ; ERR DB index is out of range
                    select x ; ERR value is not an integer or out of range
                    hello 3 ; NOPROTO unsupported protocol version
                    hello x ; ERR Protocol version is not an integer or out of range
                    hello 2 foo ; ERR Syntax error in HELLO option 'foo'
                    client ; ERR wrong number of arguments for 'client' command
                    client foo ; ERR unknown subcommand 'foo'. Try CLIENT HELP.
                    client setname ; ERR wrong number of arguments for 'client|setname' command
                    config get ; ERR wrong number of arguments for 'config|get' command
                    command foo ; ERR unknown subcommand 'foo'. Try COMMAND HELP.
                    """)
    void a_bad_request_is_refused_in_the_words_of_redis(String line, String error) {
        assertThatThrownBy(() -> Commands.parse(Dialogue.words(line)))
                .isInstanceOf(RedisError.class)
                .message()
                .isEqualToIgnoringWhitespace(error);
    }

    @Test
    void line_ends_sent_by_a_client_do_not_come_back_in_an_error() {
        var words = List.of(Bytes.of("no\r\n+OK"), Bytes.of("\r\n:1"));

        assertThatThrownBy(() -> Commands.parse(words))
                .isInstanceOfSatisfying(
                        RedisError.class,
                        error ->
                                assertThat(error.reply())
                                        .isEqualTo(
                                                new Reply.Error(
                                                        "ERR unknown command 'no  +OK', with args"
                                                                + " beginning with: '  :1' ")));
    }

    @Test
    void an_unknown_command_is_not_quoted_without_end() {
        var words = List.of(Bytes.of("x".repeat(1000)), Bytes.of("y".repeat(1000)), Bytes.of("z"));

        assertThatThrownBy(() -> Commands.parse(words))
                .message()
                .hasSizeLessThan(400)
                .contains("'" + "x".repeat(128) + "'", "'" + "y".repeat(128) + "' ")
                .doesNotContain("z");
    }

    @Test
    void names_are_told_in_any_mixture_of_cases() {
        assertThat(Commands.parse(Dialogue.words("gEt a")))
                .isEqualTo(new StringCommand.Get(Bytes.of("a")));
    }

    @Test
    void a_command_knows_its_keys_and_whether_it_writes() {
        var mset = (StoreCommand) Commands.parse(Dialogue.words("MSET a 1 b 2"));
        var mget = (StoreCommand) Commands.parse(Dialogue.words("MGET a b a"));

        assertThat(mset.keys()).containsExactly(Bytes.of("a"), Bytes.of("b"));
        assertThat(mset.writes()).isTrue();
        assertThat(mget.keys()).containsExactly(Bytes.of("a"), Bytes.of("b"), Bytes.of("a"));
        assertThat(mget.writes()).isFalse();
    }
}
