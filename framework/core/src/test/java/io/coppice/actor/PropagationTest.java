package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.EveryExecutor;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;

/** How one end spreads. */
@EveryExecutor
class PropagationTest {

    private static final ExitReason BOOM = custom("boom");

    @RegisterExtension private final House house;

    private final Kind kind;

    PropagationTest(Kind kind, int workers) {
        this.kind = kind;
        this.house = new House().withWorkers(workers);
    }

    private List<Puppet> processes(int count) {
        var made = new ArrayList<Puppet>();
        for (int i = 0; i < count; i++) {
            made.add(house.puppet(kind));
        }
        return made;
    }

    private static void link(Puppet one, Puppet other) {
        one.does(context -> context.link(other.pid()));
    }

    private static void chain(List<Puppet> processes) {
        for (int i = 1; i < processes.size(); i++) {
            link(processes.get(i - 1), processes.get(i));
        }
    }

    @Test
    void the_last_of_a_chain_names_the_same_cause_as_the_first() {
        var chain = processes(50);
        chain(chain);
        chain.getFirst().tell(context -> context.stop(BOOM));

        assertThat(chain).allSatisfy(link -> assertThat(link.end()).isEqualTo(BOOM));
    }

    @Test
    void a_chain_breaks_in_both_directions_from_the_middle() {
        var chain = processes(50);
        chain(chain);
        house.node().kill(chain.get(25).pid());

        assertThat(chain).allSatisfy(link -> assertThat(link.end()).isEqualTo(KILLED));
    }

    @Test
    void a_chain_of_a_hundred_thousand_ends_to_its_last() {
        var tail = house.puppet(kind).trapping();
        var last = house.keepRef(grow(tail, 100_000));
        house.quiet();
        house.node().kill(last.pid());

        assertThat(tail.hears(Exited.class).reason()).isEqualTo(KILLED);
        house.quiet();
        assertThat(tail.heard()).isEmpty();
    }

    /** Links up {@code length} small actors, each to the one before, the first to {@code tail}. */
    private ActorRef<Boolean> grow(Puppet tail, int length) {
        var previous = tail.pid();
        ActorRef<Boolean> grown = null;
        for (int i = 0; i < length; i++) {
            var peer = previous;
            grown =
                    house.node()
                            .spawn(
                                    context -> {
                                        context.link(peer);
                                        return message -> {};
                                    });
            previous = grown.pid();
        }
        return grown;
    }

    @Test
    void a_cycle_ends_and_each_once() {
        var cycle = processes(20);
        chain(cycle);
        link(cycle.getLast(), cycle.getFirst());
        house.node().exit(cycle.get(7).pid(), BOOM);

        assertThat(cycle).allSatisfy(link -> assertThat(link.end()).isEqualTo(BOOM));
    }

    @Test
    void a_star_ends_with_its_hub() {
        var hub = house.puppet(kind);
        var points = new ArrayList<Puppet>();
        for (int i = 0; i < 100; i++) {
            points.add(house.child(hub, kind));
        }
        hub.tell(context -> context.stop(BOOM));

        assertThat(points).allSatisfy(point -> assertThat(point.end()).isEqualTo(BOOM));
    }

    @Test
    void a_hub_ends_with_one_of_its_points_and_takes_the_others_along() {
        var hub = house.puppet(kind);
        var points = new ArrayList<Puppet>();
        for (int i = 0; i < 100; i++) {
            points.add(house.child(hub, kind));
        }
        points.get(50).tell(context -> context.stop(BOOM));

        assertThat(hub.end()).isEqualTo(BOOM);
        assertThat(points).allSatisfy(point -> assertThat(point.end()).isEqualTo(BOOM));
    }

    @Test
    void one_that_traps_stops_the_spreading() {
        var chain = processes(5);
        chain(chain);
        chain.get(2).trapping();
        chain.get(4).tell(context -> context.stop(BOOM));

        assertThat(chain.get(2).hears()).isEqualTo(new Exited(chain.get(3).pid(), BOOM));
        assertThat(chain.get(3).end()).isEqualTo(BOOM);
        house.quiet();
        assertThat(chain.get(0).isAlive()).isTrue();
        assertThat(chain.get(1).isAlive()).isTrue();
        assertThat(chain.get(2).heard()).isEmpty();
    }

    @Test
    void a_normal_end_spreads_to_nobody() {
        var chain = processes(3);
        chain(chain);
        chain.get(1).tell(context -> context.stop(NORMAL));
        chain.get(1).end();
        house.quiet();

        assertThat(chain.get(0).isAlive()).isTrue();
        assertThat(chain.get(2).isAlive()).isTrue();
    }

    @Test
    void a_full_mesh_ends_and_each_once() {
        var mesh = processes(15);
        for (var one : mesh) {
            mesh.forEach(other -> link(one, other));
        }
        var trapping = house.puppet(kind).trapping();
        mesh.forEach(one -> link(trapping, one));
        mesh.get(3).tell(context -> context.stop(BOOM));

        assertThat(mesh).allSatisfy(one -> assertThat(one.end()).isEqualTo(BOOM));
        house.quiet();
        assertThat(trapping.heard())
                .containsExactlyInAnyOrderElementsOf(
                        mesh.stream().map(one -> (Object) new Exited(one.pid(), BOOM)).toList());
    }

    @Test
    void a_process_that_ends_itself_through_a_link_gets_to_the_end_of_its_act() {
        // As in Erlang: what comes back through the link is heard after the act that caused it.
        var witness = house.puppet(kind);
        var process = house.puppet(kind);
        var linked = house.child(process, kind);
        process.tell(
                context -> {
                    context.exit(linked.pid(), BOOM);
                    witness.ref().send("got further");
                });

        assertThat(process.end()).isEqualTo(BOOM);
        house.quiet();
        assertThat(witness.heard()).isSubsetOf("got further");
    }
}
