package io.coppice.examples.incidents.mesh;

import static io.coppice.supervision.Child.worker;

import io.coppice.examples.incidents.mesh.kit.Codec;
import io.coppice.examples.incidents.mesh.kit.Entry;
import io.coppice.examples.incidents.mesh.kit.Entry.State.Undecodable;
import io.coppice.examples.incidents.mesh.kit.Frame;
import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Owner;
import io.coppice.examples.incidents.mesh.kit.Packet;
import io.coppice.examples.incidents.mesh.kit.Slot;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.mesh.kit.Status;
import io.coppice.examples.incidents.mesh.kit.Tally;
import io.coppice.examples.incidents.mesh.kit.Version;
import io.coppice.examples.incidents.mesh.kit.Wire;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Workers with everything set, and one of a version that is not known yet. */
public final class FieldLostOnTheWire implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob", "cid");
    private static final int WORKERS = 1_000;

    /** A worker as the next version of this program writes it. */
    private static final byte[] NEWER =
            Codec.encode(2, Map.of("url", List.of("http://new"), "tariff", List.of("night")));

    @Override
    public Story story() {
        return Story.of("field-lost-on-the-wire", "A field is lost on the wire, and defaulted")
                .from("G13; smg: the positional format could not round-trip skipped fields")
                .elsewhere(
                        "Fields are written one after the other, without names, and one that is"
                                + " skipped gets a default at the other end. What cannot be read"
                                + " at all becomes a worker with nothing but an address.")
                .here(
                        "Coppice has no say in this: processes of a node hand objects over, and"
                                + " bytes are the program's. The codec in mesh.kit writes names"
                                + " and a version; what it does not know it makes nothing of, and"
                                + " the entry is kept, counted and passed on as it came.");
    }

    private static Facts facts(long lost, String newer, boolean passedOn) {
        return Facts.of("workers of 1,000 that come back otherwise", lost)
                .and("one of a newer version is", newer)
                .and("it is passed on as it came", passedOn);
    }

    @Override
    public Facts right() {
        return facts(0, "undecodable", true);
    }

    @Override
    public Elsewhere elsewhere() {
        long lost = workers().filter(it -> !positional(positional(it)).equals(it)).count();
        var newer = positional("http://new"); // Of all that there was, the address.
        boolean passedOn = Arrays.equals(Codec.encode(newer), NEWER);
        return Elsewhere.reenacted(facts(lost, "a worker of weight " + newer.weight(), passedOn));
    }

    /** Writes no zone if there is none, so it cannot be told from what follows: it is left out. */
    private static String positional(Spec spec) {
        return String.join(" ", spec.url(), String.valueOf(spec.weight()), spec.status().name());
    }

    private static Spec positional(String line) {
        var fields = line.split(" ", -1);
        return fields.length < 3
                ? Spec.of(fields[0])
                : new Spec(
                        fields[0],
                        Integer.parseInt(fields[1]),
                        Optional.empty(),
                        List.of(),
                        Status.valueOf(fields[2]));
    }

    /** Workers of all kinds. */
    private static Stream<Spec> workers() {
        var chance = new SplittableRandom(1);
        return Stream.generate(() -> worker(chance)).limit(WORKERS);
    }

    private static Spec worker(SplittableRandom chance) {
        return new Spec(
                text(chance),
                chance.nextInt(),
                chance.nextBoolean() ? Optional.of(text(chance)) : Optional.empty(),
                Stream.generate(() -> text(chance)).limit(chance.nextInt(4)).toList(),
                Status.values()[chance.nextInt(4)]);
    }

    /** No surrogates: they are half a character. */
    private static String text(SplittableRandom chance) {
        var text = new StringBuilder("t");
        chance.ints(chance.nextInt(6), 33, 0xD800).forEach(text::appendCodePoint);
        return text.toString();
    }

    @Override
    public Facts here() throws Codec.Malformed {
        long lost = 0;
        for (var spec : workers().toList()) {
            if (!Codec.decodeSpec(Codec.encode(spec)).equals(spec)) lost++;
        }
        var lostOnTheWay = lost;
        return Virtual.under(Virtual.SCHEDULES, right(), it -> play(lostOnTheWay, it));
    }

    private static Facts play(long lost, Simulation simulation) {
        var mesh = PLAN.start(simulation).part("cid");
        var bytes = HexFormat.of().formatHex(NEWER);
        var entry =
                new Entry(
                        new Slot("worker", "ann"),
                        new Version(1, 1, "ann"),
                        1,
                        new Undecodable(bytes, ""));
        var packet =
                new Packet(
                        new Owner("ann", 1),
                        new Owner("bob", 1),
                        Map.of(),
                        0,
                        List.of(entry),
                        List.of());
        mesh.wire().send(new Wire.Message.Deliver("bob", Frame.of(packet)));
        mesh.rounds(1).part("ann").rounds(3);
        var seen = mesh.look("cid").table().winner("worker").map(Entry::state);
        if (seen.isEmpty() || !(seen.get() instanceof Undecodable kept)) {
            return facts(lost, String.valueOf(seen), false);
        }
        boolean isCounted = mesh.look("cid").tally().of(Tally.Of.UNDECODABLE) > 0;
        boolean isGivenWork = mesh.look("cid").isRoutable("worker");
        return facts(
                lost,
                isCounted && !isGivenWork ? "undecodable" : "in silence",
                kept.bytes().equals(bytes));
    }
}
