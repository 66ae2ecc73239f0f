package io.coppice.testkit.internal;

import static java.lang.System.identityHashCode;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where simulations run: threads of their own, and a look from outside now and then whether they
 * still move. What waits outside of the runtime would otherwise hang the test.
 */
final class Stage {

    /** So often somebody looks. */
    static final Duration LOOK = Duration.ofSeconds(10);

    private static final int PATIENCE = 3;

    private Stage() {}

    static <T> T on(Function<Carriers, T> play, Duration look) {
        var result = new CompletableFuture<T>();
        var carriers = new CompletableFuture<Carriers>();
        Thread.ofVirtual().name("simulation").start(() -> perform(play, carriers, result));
        try {
            return awaited(result, carriers, look);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a simulation broke", e.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a simulation runs", interrupted);
        }
    }

    private static <T> void perform(
            Function<Carriers, T> play,
            CompletableFuture<Carriers> here,
            CompletableFuture<T> result) {
        try {
            T played;
            try (var carriers = new Carriers(result::completeExceptionally)) {
                here.complete(carriers);
                played = play.apply(carriers);
            }
            result.complete(played);
        } catch (Throwable thrown) {
            result.completeExceptionally(thrown);
        }
    }

    private static <T> T awaited(
            CompletableFuture<T> result, CompletableFuture<Carriers> carriers, Duration look)
            throws ExecutionException, InterruptedException {
        String seen = "";
        int still = 0;
        while (true) {
            try {
                return result.get(look.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException notYet) {
                var engine = carriers.isDone() ? carriers.join().engine() : null;
                var now = engine == null ? "" : identityHashCode(engine) + " " + engine.step();
                still = now.equals(seen) && engine != null ? still + 1 : 0;
                seen = now;
                if (engine != null && still >= PATIENCE) {
                    throw new AssertionError(stoodStill(engine, look), notYet);
                }
            }
        }
    }

    private static String stoodStill(Engine engine, Duration look) {
        return "the simulation has stood still for "
                + look.multipliedBy(PATIENCE).toSeconds()
                + " s: somebody waits outside of the runtime, or never ends\n"
                + stack(engine.whoRuns());
    }

    private static String stack(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(frame -> "        at " + frame)
                .collect(Collectors.joining("\n"));
    }
}
