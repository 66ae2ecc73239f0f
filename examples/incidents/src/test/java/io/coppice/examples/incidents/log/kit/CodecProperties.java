package io.coppice.examples.incidents.log.kit;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.util.Arrays;
import java.util.List;

/** Frames, as bytes and back. */
class CodecProperties {

    @Provide
    Arbitrary<Key> keys() {
        return Combinators.combine(
                        Arbitraries.strings()
                                .ofMinLength(1)
                                .ofMaxLength(16)
                                .filter(it -> !it.isBlank()),
                        Arbitraries.longs().greaterOrEqual(1))
                .as(Key::new)
                .filter(CodecProperties::isText);
    }

    /** Half of a pair of chars is no text, and cannot be written as such. */
    private static boolean isText(Key key) {
        return key.peer().chars().noneMatch(c -> Character.isSurrogate((char) c));
    }

    @Provide
    Arbitrary<Frame> frames() {
        var positive = Arbitraries.longs().greaterOrEqual(1);
        var entries =
                Combinators.combine(
                                positive,
                                Arbitraries.strings().alpha().ofMaxLength(40),
                                Arbitraries.longs(),
                                Arbitraries.longs())
                        .as(Entry::new)
                        .list()
                        .ofMaxSize(5);
        return Arbitraries.oneOf(
                List.of(
                        Combinators.combine(keys(), positive, entries).as(Frame.Deliver::new),
                        Combinators.combine(keys(), positive).as(Frame.Ack::new),
                        Combinators.combine(keys(), positive).as(Frame.Nack::new),
                        keys().map(key -> new Frame.Hello(key, 1, 7)),
                        Arbitraries.integers().greaterOrEqual(1).map(Frame.Welcome::new),
                        Arbitraries.of(Code.class).map(code -> new Frame.Failed(code, 42))));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void what_is_written_is_read_in_either_version(
            @ForAll("frames") Frame frame, @ForAll @IntRange(min = 1, max = 2) int version) {
        var codec = new Codec(version);

        assertThat(codec.read(codec.write(frame))).isEqualTo(new Codec.Read.Good(frame));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void what_is_cut_off_is_no_frame(@ForAll("frames") Frame frame, @ForAll int where) {
        var codec = new Codec(2);
        var bytes = codec.write(frame);

        var cut = Arrays.copyOf(bytes, Math.floorMod(where, bytes.length));

        assertThat(codec.read(cut)).isInstanceOf(Codec.Read.Bad.class);
    }

    @Property(tries = 500)
    void no_bytes_make_it_throw(@ForAll byte[] bytes) {
        assertThat(new Codec(1).read(bytes)).isNotNull();
        assertThat(new Codec(2).read(bytes)).isNotNull();
    }

    @Example
    void a_frame_that_is_too_large_is_not_looked_at() {
        assertThat(new Codec(1).read(new byte[Codec.LARGEST_FRAME + 1]))
                .isEqualTo(new Codec.Read.Bad(Code.TOO_LARGE, "frame: 65537"));
    }

    @Example
    void the_newest_version_that_both_speak_is_spoken() {
        var ours = new Versions(2, 4);

        assertThat(ours.common(new Versions(1, 3))).hasValue(3);
        assertThat(ours.common(new Versions(4, 9))).hasValue(4);
        assertThat(ours.common(new Versions(1, 1))).isEmpty();
        assertThat(ours.common(new Versions(5, 9))).isEmpty();
    }
}
