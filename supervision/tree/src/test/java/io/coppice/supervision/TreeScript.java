package io.coppice.supervision;

import io.coppice.actor.ActorFactory;
import io.coppice.process.ExitReason;
import io.coppice.supervision.OtpProperties.Move;
import io.coppice.supervision.OtpProperties.World;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A tree of one supervisor, and what is done to it.
 *
 * @param seed what it was made from
 * @param strategy of the supervisor
 * @param intensity of the supervisor
 * @param period of the supervisor
 * @param restarts of its children, called {@code a}, {@code b}, and so on
 * @param world what the init of each attempt does
 * @param moves one after the other, each when all is quiet
 */
record TreeScript(
        long seed,
        Strategy strategy,
        int intensity,
        Duration period,
        List<Restart> restarts,
        World world,
        List<Move> moves) {

    /** Longer than any script takes. */
    private static final Duration LONG = Duration.ofSeconds(1_000);

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

    /** Two children end again and again, and time passes. */
    static TreeScript ofTime(long seed) {
        var random = new Random(seed);
        var moves = new ArrayList<Move>();
        for (int i = 2 + random.nextInt(12); i > 0; i--) {
            moves.add(
                    random.nextBoolean()
                            ? new Move.Ends(id(random.nextInt(2)), ExitReason.custom("boom"))
                            : new Move.Sleep(random.nextInt(4)));
        }
        return new TreeScript(
                seed,
                any(random, Strategy.values()),
                1 + random.nextInt(3),
                Duration.ofSeconds(1 + random.nextInt(3)),
                List.of(Restart.PERMANENT, Restart.PERMANENT),
                new World(0, 0),
                List.copyOf(moves));
    }

    /** So many children end, each of another id. */
    static TreeScript ofEndsAtOnce(long seed, int count) {
        var of = ofAnything(seed);
        var random = new Random(seed);
        var moves = new ArrayList<Move>();
        var ids = IntStream.range(0, of.restarts.size()).boxed().collect(Collectors.toList());
        Collections.shuffle(ids, random);
        for (int place : ids.subList(0, Math.min(count, ids.size()))) {
            moves.add(new Move.Ends(id(place), anyReason(random)));
        }
        return new TreeScript(
                seed,
                of.strategy,
                of.intensity,
                of.period,
                of.restarts,
                of.world,
                List.copyOf(moves));
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
                LONG,
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
        var id = anyId(random);
        return new Move.Ends(id, anyReason(random));
    }

    private static ExitReason anyReason(Random random) {
        var reasons =
                List.of(
                        ExitReason.custom("boom"),
                        ExitReason.custom("boom"),
                        ExitReason.NORMAL,
                        ExitReason.KILLED);
        return reasons.get(random.nextInt(reasons.size()));
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
                .restarts(intensity, period)
                .children(children.toArray(ChildSpec<?>[]::new));
    }
}
