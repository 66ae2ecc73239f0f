package io.coppice.examples.incidents.mesh;

import io.coppice.examples.incidents.mesh.kit.Entry;
import io.coppice.examples.incidents.mesh.kit.Entry.State.Deleted;
import io.coppice.examples.incidents.mesh.kit.Entry.State.Present;
import io.coppice.examples.incidents.mesh.kit.Flaw;
import io.coppice.examples.incidents.mesh.kit.Frame;
import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Owner;
import io.coppice.examples.incidents.mesh.kit.Packet;
import io.coppice.examples.incidents.mesh.kit.Slot;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.mesh.kit.Tally;
import io.coppice.examples.incidents.mesh.kit.Version;
import io.coppice.examples.incidents.mesh.kit.Wire;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A peer that changes one key of another, deletes a second, and claims the first as its own. */
public final class AnyoneWrites implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob", "cid");
    private static final Spec ANNS = Spec.of("http://ann");

    @Override
    public Story story() {
        return Story.of("anyone-writes", "Anybody may write anybody's key")
                .from("G1; smg: ownership is a convention of the adapter")
                .elsewhere(
                        "Who owns a key is known to the code around the store, and not to the"
                                + " store: it takes the newest write, from whomever it comes.")
                .here(
                        "A process is the only writer of what it knows; the rest is this program's"
                                + " own, in mesh.kit: each node has a slot under each key, the"
                                + " slot names its owner and the life of it, and a write by"
                                + " another one is refused by every peer, and counted.");
    }

    private static Facts facts(long changed, boolean counted) {
        return Facts.of("keys changed or deleted by another, 2 at each of 3 peers", changed)
                .and("refusals are counted", counted);
    }

    @Override
    public Facts right() {
        return facts(0, true);
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reenacted(
                Virtual.once(simulation -> play(PLAN.flawed(Flaw.ANYBODY_WRITES), simulation)));
    }

    @Override
    public Facts here() {
        return Virtual.under(Virtual.SCHEDULES, right(), simulation -> play(PLAN, simulation));
    }

    private static Facts play(Mesh.Plan plan, Simulation simulation) {
        var mesh = plan.start(simulation).put("ann", "one", ANNS).put("ann", "two", ANNS).rounds(2);
        for (var to : mesh.nodes()) {
            var frame = Frame.of(rogue(new Owner(to, 1)));
            mesh.wire().send(new Wire.Message.Deliver(to, frame));
        }
        mesh.rounds(3);
        long changed =
                mesh.nodes().stream()
                        .flatMap(node -> Stream.of("one", "two").map(mesh.look(node).table()::find))
                        .filter(found -> !found.equals(Optional.of(ANNS)))
                        .count();
        long refused = mesh.look("cid").tally().of(Tally.Of.NOT_THE_OWNER);
        return facts(changed, refused > 0);
    }

    private static Packet rogue(Owner to) {
        var change = entry("one", "ann", new Present(Spec.of("http://bob")));
        var delete = entry("two", "ann", new Deleted());
        var claim = entry("one", "bob", new Present(Spec.of("http://bob")));
        var entries = List.of(change, delete, claim);
        return new Packet(new Owner("bob", 1), to, Map.of(), 0, entries, List.of());
    }

    private static Entry entry(String key, String owner, Entry.State state) {
        return new Entry(new Slot(key, owner), new Version(1, 99, "bob"), 99, state);
    }
}
