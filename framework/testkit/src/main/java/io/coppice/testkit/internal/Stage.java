package io.coppice.testkit.internal;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
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

    /** What is brought back from another thread. */
    private static final class Box<T> {
        private @Nullable T value;
        private @Nullable Throwable thrown;
    }

    static <T> T on(Function<Carriers, T> play, Duration look) {
        var box = new Box<T>();
        var holder = new Carriers[1];
        var thread =
                Thread.ofVirtual()
                        .name("simulation")
                        .start(
                                () -> {
                                    try (var carriers = new Carriers()) {
                                        holder[0] = carriers;
                                        box.value = play.apply(carriers);
                                    } catch (Throwable thrown) {
                                        box.thrown = thrown;
                                    }
                                });
        join(thread, holder, look);
        if (box.thrown instanceof Error error) {
            throw error;
        }
        if (box.value == null) {
            throw new IllegalStateException("a simulation broke", box.thrown);
        }
        return box.value;
    }

    private static void join(Thread thread, Carriers[] holder, Duration look) {
        String seen = "";
        int still = 0;
        while (!ended(thread, look)) {
            var carriers = holder[0];
            var engine = carriers == null ? null : carriers.engine();
            if (engine == null) {
                continue;
            }
            var now = System.identityHashCode(engine) + " " + engine.step();
            still = now.equals(seen) ? still + 1 : 0;
            seen = now;
            if (still >= PATIENCE) {
                throw new AssertionError(
                        "the simulation has stood still for "
                                + look.multipliedBy(PATIENCE).toSeconds()
                                + " s: somebody waits outside of the runtime, or never ends\n"
                                + stack(engine.whoRuns()));
            }
        }
    }

    private static boolean ended(Thread thread, Duration look) {
        try {
            return thread.join(look);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a simulation runs", interrupted);
        }
    }

    private static String stack(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(frame -> "        at " + frame)
                .collect(Collectors.joining("\n"));
    }
}
