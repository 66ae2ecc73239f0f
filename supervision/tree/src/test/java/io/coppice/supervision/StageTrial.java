package io.coppice.supervision;

import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;

import io.coppice.process.ExitReason;
import io.coppice.supervision.laws.TreeScript;
import io.coppice.supervision.laws.TreeScript.Move;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * Tries what is decided in pure code, on paper: the barrier before a group is opened, how many
 * children there may be, how long a restart counts, and what becomes of those who end too early or
 * too late. For the testkit's mutants.
 */
public final class StageTrial implements Function<String, String>, AutoCloseable {

    /** The name of the trial of the start barrier. */
    public static final String BARRIER = "BARRIER";

    /** The name of the trial of {@code maxChildren}. */
    public static final String MAX_CHILDREN = "MAX_CHILDREN";

    /** The name of the trial of how long a restart counts. */
    public static final String WINDOW = "WINDOW";

    /** The name of the trial of the reasons of those who end before they are asked to. */
    public static final String TRUE_REASON = "TRUE_REASON";

    /** The name of the trial of those who do not stop in time. */
    public static final String DEADLINE = "DEADLINE";

    /** All of these. */
    public static final Set<String> NAMES =
            Set.of(BARRIER, MAX_CHILDREN, WINDOW, TRUE_REASON, DEADLINE);

    private static final int STARTS = 10;
    private static final String[] IDS = {"a", "b", "c"};

    private final String name;

    /**
     * @param name one of {@link #NAMES}
     */
    public StageTrial(String name) {
        this.name = name;
    }

    /**
     * @param text of a {@link TreeScript}, or anything else that differs from case to case
     * @return how the trial found something wrong, or an empty string
     */
    @Override
    public String apply(String text) {
        try {
            var random = new Random(text.hashCode());
            return switch (name) {
                case BARRIER ->
                        barrier(TreeScript.parse(text)) + slowRestart(random) + failedRestart();
                case MAX_CHILDREN -> maxChildren(random);
                case WINDOW -> window(random);
                case TRUE_REASON -> trueReason(random);
                case DEADLINE -> random.nextBoolean() ? deadline(random) : deadlineOfMany(random);
                default -> throw new IllegalArgumentException(name);
            };
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

    /** The first of a group fails, and another does not come up again, and then takes long. */
    private static String failedRestart() {
        var stage = Trees.started(Strategy.ONE_FOR_ALL, IDS).open();
        stage.plan("b", Stage.fail("e"), Stage.HANG).lookOpened();
        stage.crashes("a");
        var early = stage.lookOpened();
        return early.isEmpty() ? "" : "open when b was to be restarted: " + early;
    }

    /** Children come, crash and go. */
    private static String maxChildren(Random random) {
        int max = random.nextInt(4);
        ChildTemplate<String, Object> template = each("any", (context, argument) -> message -> {});
        var stage =
                Stage.of(
                                dynamicSupervisor("many", template)
                                        .restarts(STARTS, Trees.MINUTE)
                                        .maxChildren(max))
                        .boot();
        for (int i = 0; i < STARTS; i++) {
            int before = stage.alive.size();
            var id = String.valueOf(random.nextInt(STARTS));
            if (stage.isAlive(id) && random.nextBoolean()) {
                stage.crashes(id);
            } else if (stage.isAlive(id)) {
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

    /** One child ends again and again; a restart counts for as many seconds as the period has. */
    private static String window(Random random) {
        int intensity = random.nextInt(1, 4);
        int period = random.nextInt(1, 5);
        var tree =
                Supervisor.supervisor("top", Strategy.ONE_FOR_ONE)
                        .restarts(intensity, Duration.ofSeconds(period))
                        .children(Trees.child("a"));
        var stage = Trees.started(tree);
        var times = new ArrayList<Integer>();
        int now = 0;
        while (times.size() < STARTS && stage.end().isEmpty()) {
            int gap = random.nextInt(period + 2);
            now += gap;
            times.add(now);
            stage.seconds(gap).crashes("a");
            int since = now - period;
            boolean isTooMany = times.stream().filter(at -> at >= since).count() > intensity;
            if (isTooMany != stage.end().isPresent()) {
                return "%d restarts in %d s, with ends at %s: %s"
                        .formatted(intensity, period, times, stage.end());
            }
        }
        return "";
    }

    /** While the last child takes its time to stop, another ends by itself. */
    private static String trueReason(Random random) {
        var stage = Trees.started(Strategy.ONE_FOR_ALL, IDS).stubborn("c");
        var reason = ExitReason.custom(random.nextInt());
        var id = random.nextBoolean() ? "a" : "b";
        stage.parentSays(ExitReason.SHUTDOWN).ends(id, reason).timeIsOver();
        var told =
                stage.events(TreeEvent.ChildStopped.class).stream()
                        .filter(stopped -> stopped.child().equals(id))
                        .map(TreeEvent.ChildStopped::reason)
                        .toList();
        return told.equals(List.of(reason)) ? "" : "%s ended with %s".formatted(id, told);
    }

    /** Some children do not care that they are to stop. */
    private static String deadline(Random random) {
        var strategy = Strategy.values()[random.nextInt(Strategy.values().length)];
        return stopped(Trees.started(strategy, IDS), random);
    }

    private static String deadlineOfMany(Random random) {
        ChildTemplate<String, Object> template = each("any", (context, argument) -> message -> {});
        var stage = Stage.of(dynamicSupervisor("many", template)).boot();
        for (var id : IDS) {
            stage.startAnother(Trees.child(id));
        }
        return stopped(stage, random);
    }

    private static String stopped(Stage stage, Random random) {
        stage.stubborn(IDS[random.nextInt(IDS.length)]);
        stage.parentSays(ExitReason.SHUTDOWN);
        while (stage.timer().isPresent()) {
            stage.timeIsOver();
        }
        return stage.end().isPresent() && stage.alive.isEmpty()
                ? ""
                : "never over: " + stage.alive.keySet();
    }

    @Override
    public void close() {}
}
