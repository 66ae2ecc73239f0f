package io.coppice.testkit.model.supervisor;

import io.coppice.testkit.model.supervisor.Behaviour.Turn;
import io.vavr.collection.List;

import java.util.function.Function;

/** A supervisor as it is {@code now}, and what it has done to get there. */
record Course(Supervisor now, List<Deed> deeds) {

    static Course of(Supervisor now, Deed... deeds) {
        return new Course(now, List.of(deeds));
    }

    Course then(Function<Supervisor, Course> next) {
        var after = next.apply(now);
        return new Course(after.now, deeds.appendAll(after.deeds));
    }

    Turn turn() {
        return new Turn(now, deeds);
    }
}
