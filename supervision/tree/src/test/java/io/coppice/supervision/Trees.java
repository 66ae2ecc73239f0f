package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;

import io.coppice.actor.ActorFactory;
import io.coppice.process.ExitReason;

import java.time.Duration;
import java.util.stream.Stream;

/** What tests of the pure part are made of. */
final class Trees {

    static final Duration MINUTE = Duration.ofMinutes(1);
    static final ExitReason BOOM = ExitReason.custom("boom");
    static final ActorFactory<Object> UNUSED =
            context -> {
                throw new AssertionError("pure tests start nothing");
            };

    private Trees() {}

    static Child<Object> child(String id) {
        return worker(id, UNUSED);
    }

    static Child<Object> child(String id, Restart restart) {
        return child(id).restart(restart);
    }

    static Supervisor tree(Strategy strategy, ChildSpec<?>... children) {
        return Supervisor.supervisor("top", strategy).restarts(10, MINUTE).children(children);
    }

    /** A supervisor that has started permanent children with these ids. */
    static Stage started(Strategy strategy, String... ids) {
        return started(
                tree(strategy, Stream.of(ids).map(Trees::child).toArray(ChildSpec<?>[]::new)));
    }

    static Stage started(Supervisor tree) {
        var stage = Stage.of(tree).boot();
        stage.look();
        return stage;
    }
}
