package io.coppice.examples.incidents.log;

import io.coppice.examples.incidents.log.kit.Code;
import io.coppice.examples.incidents.log.kit.Codec;
import io.coppice.examples.incidents.log.kit.Entry;
import io.coppice.examples.incidents.log.kit.Frame;
import io.coppice.examples.incidents.log.kit.Key;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Thousands of frames, broken by lot. */
public final class DefaultForGarbage implements Incident {

    private static final int FRAMES = 10_000;
    private static final int VISITORS = 50;
    private static final Key KEY = new Key("worker", 1);
    private static final Codec CODEC = new Codec(Codec.OLDEST);

    @Override
    public Story story() {
        return Story.of("default-for-garbage", "What cannot be parsed becomes a default")
                .from("R12")
                .elsewhere(
                        "The error of the parser is swallowed, and an empty value takes the place"
                                + " of what could not be read. Sizes are believed as they are"
                                + " told.")
                .here(
                        "What cannot be read is no frame, but a code and a detail; lengths have"
                                + " limits that are looked at first (log.kit). A connection is a"
                                + " process, and ends with the whole of it as its reason, which"
                                + " whoever is linked to it hears; its last act tells the peer the"
                                + " code.");
    }

    private static Facts facts(long mistaken, long escaped, long untold, String huge) {
        return Facts.of("broken frames read as what they do not say, of 10,000", mistaken)
                .and("exceptions that escape", escaped)
                .and("peers that are not told why", untold)
                .and("a frame that claims two billion entries", huge);
    }

    @Override
    public Facts right() {
        return facts(0, 0, 0, "TOO_LARGE");
    }

    @Override
    public Elsewhere elsewhere() {
        long mistaken = broken().filter(bytes -> !isWhatItSays(bytes, lenient(bytes))).count();
        return Elsewhere.reenacted(facts(mistaken, 0, VISITORS, lenient(huge()).toString()));
    }

    /** Reads what can be read, and takes something empty for the rest. */
    private static Frame lenient(byte[] bytes) {
        return switch (CODEC.read(bytes)) {
            case Codec.Read.Good(var frame) -> frame;
            case Codec.Read.Bad swallowed -> new Frame.Deliver(KEY, 0, List.of());
        };
    }

    @Override
    public Facts here() {
        long mistaken = 0;
        long escaped = 0;
        for (var bytes : broken().toList()) {
            try {
                mistaken += isMistaken(bytes) ? 1 : 0;
            } catch (RuntimeException escapes) {
                escaped++;
            }
        }
        long untold = Tries.once(DefaultForGarbage::untold);
        return facts(mistaken, escaped, untold, answer(huge()));
    }

    private static boolean isMistaken(byte[] bytes) {
        return CODEC.read(bytes) instanceof Codec.Read.Good(var frame)
                && !isWhatItSays(bytes, frame);
    }

    /** What was really read is written in the same bytes. */
    private static boolean isWhatItSays(byte[] bytes, Frame frame) {
        return Arrays.equals(bytes, CODEC.write(frame));
    }

    private static String answer(byte[] bytes) {
        return switch (CODEC.read(bytes)) {
            case Codec.Read.Good good -> good.toString();
            case Codec.Read.Bad(var code, var detail) -> code.name();
        };
    }

    /** Of those who say something broken at a door, how many hear nothing of it. */
    private static long untold(Simulation simulation) {
        var visitors =
                broken().filter(bytes -> CODEC.read(bytes) instanceof Codec.Read.Bad)
                        .limit(VISITORS)
                        .map(bytes -> Visitor.to(simulation, frame -> {}).says(bytes))
                        .toList();
        simulation.settle();
        return VISITORS - visitors.stream().filter(DefaultForGarbage::isTold).count();
    }

    private static boolean isTold(Visitor visitor) {
        return visitor.told().stream()
                .anyMatch(
                        it -> it instanceof Frame.Failed failed && failed.code() != Code.INTERNAL);
    }

    private static byte[] huge() {
        var bytes = CODEC.write(new Frame.Deliver(KEY, 0, List.of()));
        ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, 2_000_000_000);
        return bytes;
    }

    /** Frames that were fine, until bytes of them were changed, added or cut off. */
    private static Stream<byte[]> broken() {
        var random = new SplittableRandom(12);
        var entry = new Entry(1, "command", 0, Entry.NEVER);
        var fine =
                List.of(
                        CODEC.write(new Frame.Hello(KEY, 1, 2)),
                        CODEC.write(new Frame.Deliver(KEY, 0, List.of(entry))),
                        CODEC.write(new Frame.Ack(KEY, 7)));
        return Stream.generate(() -> fine.get(random.nextInt(fine.size())))
                .map(bytes -> damage(bytes, random))
                .limit(FRAMES);
    }

    private static byte[] damage(byte[] fine, SplittableRandom random) {
        var bytes = Arrays.copyOf(fine, random.nextInt(fine.length + 4));
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
