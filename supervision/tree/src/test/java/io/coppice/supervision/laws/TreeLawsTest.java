package io.coppice.supervision.laws;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Restart.TEMPORARY;
import static io.coppice.supervision.Restart.TRANSIENT;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.Name;
import io.coppice.supervision.Child;
import io.coppice.supervision.Supervisor;
import io.coppice.testkit.Simulation;

/** A tree of all kinds of children keeps the laws. */
class TreeLawsTest extends TreeLaws {

    private static Child<Object> idle(String id) {
        return worker(id, context -> (Actor<Object>) message -> {}).name(Name.of(id));
    }

    static Supervisor tree() {
        return supervisor("top", ONE_FOR_ONE)
                .restarts(3, ofSeconds(5))
                .children(
                        supervisor("all", ONE_FOR_ALL)
                                .restarts(3, ofSeconds(5))
                                .children(
                                        idle("a"),
                                        idle("b").restart(TRANSIENT),
                                        idle("c").restart(TEMPORARY)),
                        supervisor("rest", REST_FOR_ONE)
                                .restarts(3, ofSeconds(5))
                                .children(idle("d"), idle("e"), idle("f")),
                        supervisor("frail", ONE_FOR_ONE)
                                .restarts(0, ofSeconds(5))
                                .children(idle("g"), supervisor("deep", ONE_FOR_ONE)),
                        idle("last"));
    }

    @Override
    protected Run run(Simulation simulation) {
        return TreeLawsTest::tree;
    }
}
