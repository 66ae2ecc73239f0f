package io.coppice.examples.incidents.mesh;

import static io.coppice.supervision.Child.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coppice.examples.incidents.mesh.kit.Frame;
import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Peer;
import io.coppice.examples.incidents.mesh.kit.Registration;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** A worker with a key that is nobody else's business. */
public final class SecretGossiped implements Incident {

    private static final String SECRET = "sk-canary";
    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob");

    @Override
    public Story story() {
        return Story.of("secret-gossiped", "A secret is gossiped")
                .from("G14; smg: api_key must never gossip")
                .elsewhere(
                        "What is registered is written to the wire, the whole of it, and the"
                                + " secret with it.")
                .here(
                        "What others are told has a type of its own, in mesh.kit, in which there"
                                + " is no field for a secret: there is nothing to forget. And"
                                + " since Coppice reports a crash with the message that it was"
                                + " about, the registration prints itself without it.");
    }

    private static Facts facts(long packets, boolean inLogs, boolean arrived) {
        return Facts.of("packets with the secret in it", packets)
                .and("it is in what a log would show", inLogs)
                .and("the worker is known to the other", arrived);
    }

    @Override
    public Facts right() {
        return facts(0, false, true);
    }

    private static Registration registration() {
        return new Registration(Spec.of("http://ann"), SECRET, Optional.empty());
    }

    @Override
    public Elsewhere elsewhere() {
        var secret = registration();
        var worker = Map.of("url", secret.spec().url(), "api_key", secret.apiKey());
        var packet = worker.toString().getBytes(UTF_8);
        return Elsewhere.reenacted(
                facts(isIn(packet) ? 1 : 0, worker.toString().contains(SECRET), true));
    }

    private static boolean isIn(byte[] bytes) {
        return new String(bytes, UTF_8).contains(SECRET);
    }

    @Override
    public Facts here() {
        return Virtual.under(Virtual.SCHEDULES, right(), SecretGossiped::play);
    }

    private static Facts play(Simulation simulation) {
        var sent = new ArrayList<Frame>();
        var mesh = PLAN.tapped(sent::add).start(simulation);
        mesh.shelf("ann").put("worker", registration());
        mesh.notify("ann", "worker").rounds(2);
        mesh.crash("ann").pass(Peer.RECONCILE).rounds(2);
        boolean inLogs =
                (registration() + " " + mesh.look("ann") + " " + mesh.look("bob")).contains(SECRET);
        return facts(
                sent.stream().filter(frame -> isIn(frame.bytes())).count(),
                inLogs,
                mesh.look("bob").table().find("worker").isPresent());
    }
}
