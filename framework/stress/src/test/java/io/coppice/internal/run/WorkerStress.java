package io.coppice.internal.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.coppice.spi.Task;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

import java.util.StringJoiner;

/**
 * The next slot of a worker, out of which others may take, and where one without work is given
 * some.
 */
public class WorkerStress {

    private static final LocalNode NODE = new Still().node;

    /** Nobody has a place, so nothing runs. */
    private static final Workers WORKERS = new Workers(NODE, 0);

    private record Named(String name) implements Task {
        @Override
        public void run() {}
    }

    private static Worker workerWith(String... waiting) {
        var worker = Worker.make(WORKERS, new Places(WORKERS, NODE), NODE, 0);
        for (var name : waiting) {
            worker.runNext(new Named(name));
        }
        return worker;
    }

    private static String rest(Worker worker) {
        var rest = new StringJoiner(" ");
        for (var task = worker.rob(); task != null; task = worker.rob()) {
            rest.add(task instanceof Named(var name) ? name : "?");
        }
        return rest.toString();
    }

    /** A worker makes one ready after another, while it is robbed. */
    @JCStressTest
    @Outcome(id = ", b a", expect = ACCEPTABLE, desc = "The robber found nothing.")
    @Outcome(
            id = {"a, b", "b, a"},
            expect = ACCEPTABLE,
            desc = "It found one, and the other waits.")
    @Outcome(id = "a b, ", expect = ACCEPTABLE, desc = "It found both, as they came.")
    @Outcome(id = "b a, ", expect = ACCEPTABLE, desc = "It found both, the slot first.")
    @Outcome(expect = FORBIDDEN, desc = "A task was lost or doubled.")
    @State
    public static class RunNextVsRob {
        private final Worker worker = workerWith();

        @Actor
        public void worker() {
            worker.runNext(new Named("a"));
            worker.runNext(new Named("b"));
        }

        @Actor
        public void robber(LL_Result r) {
            r.r1 = rest(worker);
        }

        @Arbiter
        public void after(LL_Result r) {
            r.r2 = rest(worker);
        }
    }

    /** A worker takes what it made ready last, while it is robbed. */
    @JCStressTest
    @Outcome(id = "b, a", expect = ACCEPTABLE, desc = "The worker took its slot.")
    @Outcome(id = "a, b", expect = ACCEPTABLE, desc = "The robber took the slot.")
    @Outcome(id = ", b a", expect = ACCEPTABLE, desc = "The robber took all.")
    @Outcome(expect = FORBIDDEN, desc = "A task was lost, or is run by two.")
    @State
    public static class TakeNextVsRob {
        private final Worker worker = workerWith("a", "b");

        @Actor
        public void worker(LL_Result r) {
            r.r1 = worker.findTask() instanceof Named(var name) ? name : "";
        }

        @Actor
        public void robber(LL_Result r) {
            r.r2 = rest(worker);
        }
    }

    /** A worker sits down at another desk with what is next, while it is robbed. */
    @JCStressTest
    @Outcome(id = "a, ", expect = ACCEPTABLE, desc = "The worker took it along.")
    @Outcome(id = ", a", expect = ACCEPTABLE, desc = "The robber came first.")
    @Outcome(expect = FORBIDDEN, desc = "A task was lost, or is run by two.")
    @State
    public static class SitDownAnewVsRob {
        private final Worker worker = workerWith("a");

        @Actor
        public void worker(LL_Result r) {
            worker.sitDownAnew();
            r.r1 = worker.findTask() instanceof Named(var name) ? name : "";
        }

        @Actor
        public void robber(LL_Result r) {
            r.r2 = rest(worker);
        }
    }

    /** Somebody has two tasks for a worker that looks for work, and gives it up. */
    @JCStressTest
    @Outcome(id = "none, none", expect = ACCEPTABLE, desc = "It had given up.")
    @Outcome(
            id = {"a, a", "b, b"},
            expect = ACCEPTABLE,
            desc = "It was given one.")
    @Outcome(expect = FORBIDDEN, desc = "A task was lost, or taken though it was not given.")
    @State
    public static class GiveVsTake {
        private final Handoff handoff = Handoff.make();

        public GiveVsTake() {
            handoff.ask();
        }

        @Actor
        public void outside(LL_Result r) {
            boolean a = handoff.give(new Named("a"));
            boolean b = handoff.give(new Named("b"));
            r.r1 = a && b ? "both" : a ? "a" : b ? "b" : "none";
        }

        @Actor
        public void worker(LL_Result r) {
            r.r2 = handoff.take() instanceof Named(var name) ? name : "none";
        }
    }

    /** A worker takes what it was given, late, while the watch takes it back. */
    @JCStressTest
    @Outcome(id = "a, false", expect = ACCEPTABLE, desc = "The worker came first.")
    @Outcome(id = "none, true", expect = ACCEPTABLE, desc = "The watch came first.")
    @Outcome(expect = FORBIDDEN, desc = "The task was lost, or is run by two.")
    @State
    public static class TakeVsTakeBack {
        private final Handoff handoff = Handoff.make();
        private final Task given = new Named("a");

        public TakeVsTakeBack() {
            handoff.ask();
            handoff.give(given);
        }

        @Actor
        public void worker(LL_Result r) {
            r.r1 = handoff.take() instanceof Named(var name) ? name : "none";
        }

        @Actor
        public void watch(LL_Result r) {
            r.r2 = handoff.takeBack(given);
        }
    }
}
