package io.coppice.examples.kv.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Reply;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class RespCodecProperties {

    @Property(tries = 300)
    void requests_arrive_whole_however_they_are_cut(
            @ForAll("requests") List<List<Bytes>> requests,
            @ForAll List<@IntRange(min = 1, max = 50) Integer> cuts) {
        var bytes = new ByteArrayOutputStream();
        requests.forEach(request -> bytes.writeBytes(Wire.encode(request)));
        try (var wire = new Wire()) {
            for (var piece : cut(bytes.toByteArray(), cuts)) {
                wire.receive(piece);
            }

            assertThat(wire.requests()).isEqualTo(requests);
            requests.forEach(request -> wire.send(Reply.OK));
            assertThat(wire.codec().requestBytes()).isZero();
            wire.sent();
            wire.close();
            assertThat(wire.leaked()).isZero();
        }
    }

    @Property(tries = 1000)
    void nonsense_is_refused_once_and_leaks_nothing(@ForAll("nonsense") byte[] bytes) {
        try (var wire = new Wire()) {
            wire.receive(bytes);
            wire.channel().checkException();

            List<Object> requests = wire.requests();
            long errors = requests.stream().filter(Reply.Error.class::isInstance).count();
            assertThat(errors).isLessThanOrEqualTo(1);
            if (errors == 1) {
                assertThat(requests.get(requests.size() - 1)).isInstanceOf(Reply.Error.class);
            }
            wire.close();
            assertThat(wire.leaked()).isZero();
            assertThat(wire.codec().requestBytes()).isZero();
        }
    }

    @Property(tries = 300)
    void a_reply_is_read_as_it_was_written(@ForAll("replies") Reply reply) throws IOException {
        try (var wire = new Wire()) {
            wire.send(reply);

            assertThat(wire.sentReply()).isEqualTo(reply);
            wire.close();
            assertThat(wire.leaked()).isZero();
        }
    }

    @Property(tries = 20)
    void a_long_string_goes_out_in_pieces(@ForAll @IntRange(max = 300_000) int length)
            throws IOException {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        var reply = new Reply.Array(List.of(Reply.ONE, new Reply.Bulk(Bytes.wrap(bytes))));
        try (var wire = new Wire()) {
            wire.send(reply);

            assertThat(wire.sentReply()).isEqualTo(reply);
        }
    }

    private static List<byte[]> cut(byte[] bytes, List<Integer> cuts) {
        var pieces = new ArrayList<byte[]>();
        int at = 0;
        for (int length : cuts) {
            int end = Math.min(bytes.length, at + length);
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        pieces.add(Arrays.copyOfRange(bytes, at, bytes.length));
        return pieces.stream().filter(piece -> piece.length > 0).toList();
    }

    @Provide
    Arbitrary<List<List<Bytes>>> requests() {
        return strings().list().ofMinSize(1).ofMaxSize(6).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<byte[]> nonsense() {
        var tokens =
                Arbitraries.of(
                        "*",
                        "$",
                        "+",
                        "-",
                        ":",
                        "1",
                        "2",
                        "3",
                        "-1",
                        "\r\n",
                        "\r\n",
                        "\n",
                        "\r",
                        "PING",
                        "\"",
                        "'",
                        "*1\r\n$4\r\nPING\r\n",
                        "\u00ff",
                        "_",
                        "#t\r\n",
                        ",1\r\n",
                        "999999999999999999999");
        return tokens.list()
                .ofMaxSize(12)
                .map(list -> Wire.words(String.join("", list)).get(0).toArray());
    }

    @Provide
    Arbitrary<Reply> replies() {
        return Arbitraries.recursive(
                () ->
                        Arbitraries.oneOf(
                                strings().map(Reply.Bulk::new),
                                Arbitraries.longs().map(Reply::of),
                                Arbitraries.strings().ascii().map(Reply.Simple::new),
                                Arbitraries.strings().ascii().map(Reply.Error::new),
                                Arbitraries.of(Reply.NIL, Reply.NIL_ARRAY, Reply.EMPTY)),
                inner -> inner.list().ofMaxSize(4).map(Reply.Array::new),
                0,
                3);
    }

    private static Arbitrary<Bytes> strings() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Bytes::wrap);
    }
}
