package io.coppice.supervision;

import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;

import io.coppice.supervision.laws.TreeScript;
import io.coppice.supervision.laws.TreeScript.Move;

import java.util.Random;
import java.util.function.Function;

/**
 * Tries what is decided in pure code, on paper: the barrier before a group is opened, and how many
 * children there may be. For the testkit's mutants.
 */
public final class StageTrial implements Function<String, String>, AutoCloseable {

    /** The name of the trial of the start barrier. */
    public static final String BARRIER = "BARRIER";

    /** The name of the trial of {@code maxChildren}. */
    public static final String MAX_CHILDREN = "MAX_CHILDREN";

    private static final int STARTS = 10;

    private final boolean isOfBarrier;

    /**
     * @param name {@link #BARRIER} or {@link #MAX_CHILDREN}
     */
    public StageTrial(String name) {
        isOfBarrier = name.equals(BARRIER);
    }

    /**
     * @param text of a {@link TreeScript}, or anything else that differs from case to case
     * @return how the trial found something wrong, or an empty string
     */
    @Override
    public String apply(String text) {
        try {
            var random = new Random(text.hashCode());
            if (!isOfBarrier) {
                return maxChildren(random);
            }
            var wrong = barrier(TreeScript.parse(text));
            return wrong.isEmpty() ? slowRestart(random) : wrong;
        } catch (RuntimeException | Error broken) {
            return broken.toString();
        }
    }

    /** Nobody is open before the supervisor is, nor, which the stage sees to, during an init. */
    private static String barrier(TreeScript script) {
        var stage =
                Stage.of(script.tree(id -> Trees.UNUSED)).world(name -> init(script, name)).boot();
        int openAfter = script.moves().size() / 2;
        for (int at = 0; at < script.moves().size() && stage.end().isEmpty(); at++) {
            if (at < openAfter && !stage.opened.isEmpty()) {
                return "open before the supervisor is: " + stage.opened;
            }
            if (at == openAfter) {
                stage.open();
            }
            if (at >= openAfter && !stage.shut().isEmpty()) {
                return "shut when all are up: " + stage.shut();
            }
            play(script.moves().get(at), stage);
        }
        return "";
    }

    private static Stage.Init init(TreeScript script, String attempt) {
        var parts = attempt.split("#", 2);
        return switch (script.child(parts[0]).init(Integer.parseInt(parts[1]))) {
            case OK -> Stage.OK;
            case IGNORE -> Stage.IGNORE;
            case FAIL -> Stage.fail("e");
        };
    }

    private static void play(Move move, Stage stage) {
        switch (move) {
            case Move.End(var id, var reason) -> {
                if (stage.isAlive(id)) {
                    stage.ends(id, reason);
                }
            }
            case Move.Terminate(var id) -> stage.terminate(id);
            case Move.Restart(var id) -> stage.restart(id);
            case Move.Delete(var id) -> stage.delete(id);
            case Move.Sleep(var seconds) -> stage.seconds(seconds);
        }
    }

    /** The first of a group fails, and one of them takes long to come up again. */
    private static String slowRestart(Random random) {
        var strategy = random.nextBoolean() ? Strategy.ONE_FOR_ALL : Strategy.REST_FOR_ONE;
        var slow = random.nextBoolean() ? "b" : "c";
        var stage = Trees.started(strategy, "a", "b", "c").open().plan(slow, Stage.HANG);
        stage.lookOpened();
        stage.crashes("a");
        var early = stage.lookOpened();
        return early.isEmpty() ? "" : "open during the init of " + slow + ": " + early;
    }

    /** Children come and go. */
    private static String maxChildren(Random random) {
        int max = random.nextInt(4);
        ChildTemplate<String, Object> template = each("any", (context, argument) -> message -> {});
        var stage = Stage.of(dynamicSupervisor("many", template).maxChildren(max)).boot();
        for (int i = 0; i < STARTS; i++) {
            int before = stage.alive.size();
            var id = String.valueOf(random.nextInt(STARTS));
            if (stage.isAlive(id)) {
                stage.terminate(stage.child(id));
            } else {
                var answer = stage.startAnother(Trees.child(id)).answer();
                if (answer instanceof ChildStart.Refused<?> == before < max) {
                    return "with %d of %d children: %s".formatted(before, max, answer);
                }
            }
        }
        return "";
    }

    @Override
    public void close() {}
}
