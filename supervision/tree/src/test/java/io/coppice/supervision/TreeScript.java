package io.coppice.supervision;

import io.coppice.actor.ActorFactory;
import io.coppice.process.ExitReason;
import io.coppice.supervision.OtpProperties.Move;
import io.coppice.supervision.OtpProperties.World;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * A tree of one supervisor, and what is done to it.
 *
 * @param seed what it was made from
 * @param strategy of the supervisor
 * @param intensity of the supervisor
 * @param restarts of its children, called {@code a}, {@code b}, and so on
 * @param world what the init of each attempt does
 * @param moves one after the other, each when all is quiet
 */
record TreeScript(
        long seed,
        Strategy strategy,
        int intensity,
        List<Restart> restarts,
        World world,
        List<Move> moves) {

    static final Duration PERIOD = Duration.ofSeconds(1_000);
    private static final String IDS = "abcdef";

    /** Children end, and every init succeeds. */
    static TreeScript ofEnds(long seed) {
        return of(seed, new World(0, 0), random -> ends(random));
    }

    /** Anything may happen. */
    static TreeScript ofAnything(long seed) {
        var world = new World((int) seed, (int) (seed % 9));
        return of(seed, world, random -> random.nextInt(3) > 0 ? ends(random) : request(random));
    }

    private static TreeScript of(long seed, World world, Function<Random, Move> move) {
        var random = new Random(seed);
        var restarts = new ArrayList<Restart>();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            restarts.add(any(random, Restart.values()));
        }
        var moves = new ArrayList<Move>();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            moves.add(move.apply(random));
        }
        return new TreeScript(
                seed,
                any(random, Strategy.values()),
                random.nextInt(4),
                List.copyOf(restarts),
                world,
                List.copyOf(moves));
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static String anyId(Random random) {
        return id(random.nextInt(5));
    }

    static String id(int place) {
        return IDS.substring(place, place + 1);
    }

    static int place(String id) {
        return IDS.indexOf(id.charAt(0));
    }

    private static Move ends(Random random) {
        var reasons =
                List.of(
                        ExitReason.custom("boom"),
                        ExitReason.custom("boom"),
                        ExitReason.NORMAL,
                        ExitReason.KILLED);
        return new Move.Ends(anyId(random), reasons.get(random.nextInt(reasons.size())));
    }

    private static Move request(Random random) {
        var id = anyId(random);
        return switch (random.nextInt(3)) {
            case 0 -> new Move.Terminate(id);
            case 1 -> new Move.Restart(id);
            default -> new Move.Delete(id);
        };
    }

    Restart restart(String id) {
        return restarts.get(place(id));
    }

    boolean hasChild(String id) {
        return place(id) < restarts.size();
    }

    /** The tree, of children that {@code factory} makes. */
    Supervisor tree(Function<String, ActorFactory<Object>> factory) {
        var children = new ArrayList<ChildSpec<?>>();
        for (int place = 0; place < restarts.size(); place++) {
            var id = id(place);
            children.add(Child.worker(id, factory.apply(id)).restart(restarts.get(place)));
        }
        return Supervisor.supervisor("top", strategy)
                .restarts(intensity, PERIOD)
                .children(children.toArray(ChildSpec<?>[]::new));
    }
}
