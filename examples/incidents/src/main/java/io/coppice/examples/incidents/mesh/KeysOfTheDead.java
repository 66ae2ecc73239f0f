package io.coppice.examples.incidents.mesh;

import io.coppice.examples.incidents.mesh.kit.Entry;
import io.coppice.examples.incidents.mesh.kit.Entry.State.Present;
import io.coppice.examples.incidents.mesh.kit.Flaw;
import io.coppice.examples.incidents.mesh.kit.Frame;
import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Owner;
import io.coppice.examples.incidents.mesh.kit.Packet;
import io.coppice.examples.incidents.mesh.kit.Peer;
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

/** A node that dies and leaves its keys, writes once more, and comes back. */
public final class KeysOfTheDead implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob", "cid", "dan");
    private static final List<String> LIVING = List.of("ann", "bob", "cid");
    private static final List<String> KEYS = List.of("one", "two", "three");

    @Override
    public Story story() {
        return Story.of("keys-of-the-dead", "The keys of a dead node stay for ever")
                .from("G10; smg: a permanently dead owner's keys stay cluster-wide")
                .elsewhere(
                        "Only the owner may delete a key, and the owner is dead. Its last packet,"
                                + " which was under way, is taken as well.")
                .here(
                        "A death is news: a monitor gives it once, after the process is gone, and"
                                + " nobody guesses it from silence. The registry, this program's"
                                + " own: the first of the living, in the order of names, declares"
                                + " the life over. That ends all its keys and fences what comes"
                                + " late. Who was wrongly declared dead crashes when it hears of"
                                + " it, and its supervisor starts the next life.");
    }

    private static Facts facts(long found, boolean late, long declared, long back, long lives) {
        return Facts.of("keys of the dead that are found, of 3", found)
                .and("a write that comes late is taken", late)
                .and("peers that declare it dead", declared)
                .and("keys found after it is back", back)
                .and("its lives, one of them declared over while it was cut off", lives);
    }

    @Override
    public Facts right() {
        return facts(0, false, 1, KEYS.size(), 3);
    }

    @Override
    public Elsewhere elsewhere() {
        var plan = PLAN.flawed(Flaw.KEEPS_THE_DEAD);
        return Elsewhere.reenacted(Virtual.once(simulation -> play(plan, simulation)));
    }

    @Override
    public Facts here() {
        return Virtual.under(Virtual.SCHEDULES, right(), simulation -> play(PLAN, simulation));
    }

    private static Facts play(Mesh.Plan plan, Simulation simulation) {
        var mesh = plan.start(simulation);
        KEYS.forEach(key -> mesh.put("dan", key, Spec.of("http://dan")));
        mesh.rounds(2).stop("dan").rounds(3);
        long found = found(mesh);
        LIVING.forEach(to -> mesh.wire().send(new Wire.Message.Deliver(to, late(to))));
        mesh.rounds(2);
        boolean late = LIVING.stream().anyMatch(it -> finds(mesh, it, "late"));
        mesh.restart("dan").pass(Peer.RECONCILE).rounds(2);
        long declared =
                LIVING.stream()
                        .filter(it -> mesh.look(it).tally().of(Tally.Of.DECLARED_DEAD) > 0)
                        .count();
        long back = found(mesh);
        mesh.part("dan").declareDead(new Owner("dan", 2)).rounds(3).heal().rounds(3);
        return facts(found, late, declared, back, mesh.look("dan").self().me().epoch());
    }

    private static long found(Mesh mesh) {
        return KEYS.stream()
                .filter(key -> LIVING.stream().anyMatch(node -> finds(mesh, node, key)))
                .count();
    }

    private static boolean finds(Mesh mesh, String node, String key) {
        return mesh.look(node).table().find(key).isPresent();
    }

    private static Frame late(String to) {
        var entry =
                new Entry(
                        new Slot("late", "dan"),
                        new Version(1, 99, "dan"),
                        99,
                        new Present(Spec.of("http://dan")));
        return Frame.of(
                new Packet(
                        new Owner("dan", 1),
                        new Owner(to, 1),
                        Map.of(),
                        0,
                        List.of(entry),
                        List.of()));
    }
}
