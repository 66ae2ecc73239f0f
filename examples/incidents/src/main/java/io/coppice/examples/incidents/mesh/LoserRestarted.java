package io.coppice.examples.incidents.mesh;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Restart.TRANSIENT;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.incidents.mesh.kit.Flaw;
import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.NameConflict;
import io.coppice.examples.incidents.mesh.kit.Peer;
import io.coppice.examples.incidents.mesh.kit.Registration;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.TreeEvent;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.List;

/** Two holders of one name that meet when a partition heals. */
public final class LoserRestarted implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob", "cid");
    private static final Name<Exited> BOBS = Name.of("bobs-worker");
    private static final int RESTARTS = 3;

    @Override
    public Story story() {
        return Story.of("loser-restarted", "The loser of a name conflict is restarted into it")
                .from("G15; horde#186, #118, #161")
                .elsewhere(
                        "Who has lost the name is killed. A supervisor does what it is for, and"
                                + " starts it again, into the name that is taken; until it gives"
                                + " up, and all its other children stop as well.")
                .here(
                        "An exit signal carries a reason. The registry, this program's own, sends"
                                + " the loser Shutdown(NameConflict(winner)), once: it can be"
                                + " trapped, to hand over what it has; and a supervisor does not"
                                + " restart a transient child after an orderly end.");
    }

    private static Facts facts(long restarts, boolean gaveUp, String heard, long holders) {
        return Facts.of("restarts of the loser", restarts)
                .and("its supervisor gives up", gaveUp)
                .and("what the loser hears", heard)
                .and("holders in the end", holders);
    }

    @Override
    public Facts right() {
        return facts(0, false, "ann has had the name before", 1);
    }

    @Override
    public Elsewhere elsewhere() {
        var plan = PLAN.flawed(Flaw.KILLS_THE_LOSER);
        return Elsewhere.reenacted(Virtual.once(simulation -> new Meeting(plan).play(simulation)));
    }

    @Override
    public Facts here() {
        return Virtual.under(
                Virtual.SCHEDULES, right(), simulation -> new Meeting(PLAN).play(simulation));
    }

    /** One run of it. */
    private static final class Meeting {
        private final Mesh.Plan plan;
        private final Chronicle chronicle = new Chronicle();
        private final List<String> heard = new ArrayList<>();

        Meeting(Mesh.Plan plan) {
            this.plan = plan;
        }

        Facts play(Simulation simulation) {
            var mesh = plan.start(simulation).part("bob");
            mesh.put("ann", "worker", Spec.of("http://ann")).rounds(5);
            simulation.node().start(bobs(mesh), SpawnOptions.defaults());
            simulation.settle();
            mesh.rounds(3).heal().pass(Peer.RECONCILE);
            long holders =
                    mesh.nodes().stream()
                            .filter(it -> mesh.shelf(it).read("worker").isPresent())
                            .count();
            return facts(
                    chronicle.restarts("worker"),
                    !chronicle.all(TreeEvent.GivingUp.class).isEmpty(),
                    heard.isEmpty() ? "nothing" : String.join(", ", heard),
                    holders);
        }

        private Supervisor bobs(Mesh mesh) {
            ActorFactory<Exited> holder =
                    context -> {
                        claim(context, mesh);
                        return exited -> lost(context, exited);
                    };
            return supervisor("bobs", ONE_FOR_ONE)
                    .restarts(RESTARTS, ofSeconds(100))
                    .listener(chronicle)
                    .children(worker("worker", holder).name(BOBS).restart(TRANSIENT));
        }

        private static void claim(Context<Exited> context, Mesh mesh) {
            context.trapExits(exited -> exited);
            var worker = Registration.of(Spec.of("http://bob")).heldBy(context.self().pid());
            mesh.shelf("bob").put("worker", worker);
            mesh.peer("bob").send(new Peer.Message.Noticed("worker"));
        }

        /** Here it could send what it has to the winner. */
        private void lost(Context<Exited> context, Exited exited) {
            if (exited.reason() instanceof ExitReason.Shutdown(NameConflict conflict)) {
                heard.add(conflict.winner().node() + " has had the name before");
            }
            throw context.stop(exited.reason());
        }
    }
}
