package io.coppice.supervision;

import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;

import java.util.Random;
import java.util.function.Function;

/**
 * Tries what is decided in pure code, on paper: the barrier before a group is opened, and how many
 * children there may be. For the testkit's mutants.
 */
public final class StageTrial implements Function<String, String>, AutoCloseable {

    /** The name of the trial of the start barrier. */
    static final String BARRIER = "BARRIER";

    /** The name of the trial of {@code maxChildren}. */
    static final String MAX_CHILDREN = "MAX_CHILDREN";

    private static final int STARTS = 10;

    private final boolean isOfBarrier;

    /**
     * @param name {@link #BARRIER} or {@link #MAX_CHILDREN}
     */
    public StageTrial(String name) {
        isOfBarrier = name.equals(BARRIER);
    }

    /**
     * @return how the trial found something wrong, or an empty string
     */
    @Override
    public String apply(String seed) {
        try {
            long number = Long.parseLong(seed);
            if (!isOfBarrier) {
                return maxChildren(number);
            }
            var wrong = barrier(TreeScript.ofAnything(number));
            return wrong.isEmpty() ? slowRestart(new Random(number)) : wrong;
        } catch (RuntimeException | Error broken) {
            return broken.toString();
        }
    }

    /** Nobody is open before the supervisor is, nor, which the stage sees to, during an init. */
    private static String barrier(TreeScript script) {
        var stage = Stage.of(script.tree(id -> Trees.UNUSED)).world(script.world()).boot();
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
            OtpProperties.play(script.moves().get(at), stage);
        }
        return "";
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
    private static String maxChildren(long seed) {
        var random = new Random(seed);
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
