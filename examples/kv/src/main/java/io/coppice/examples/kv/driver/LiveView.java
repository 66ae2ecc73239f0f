package io.coppice.examples.kv.driver;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Shows a run while it goes on: on a terminal drawn again twice a second, elsewhere a line every
 * two seconds, and the tree at the start and at the end.
 */
public final class LiveView {

    private static final Duration REDRAW = Duration.ofMillis(500);
    private static final Duration NEXT_LINE = Duration.ofSeconds(2);

    private final Screen screen;
    private final Driver driver;
    private final World world;
    private final Duration total;
    private final long startNanos = System.nanoTime();
    private long lastNanos = startNanos;
    private long lastRequests;

    public LiveView(Screen screen, Driver driver, World world, Duration total) {
        this.screen = screen;
        this.driver = driver;
        this.world = world;
        this.total = total;
    }

    /**
     * Returns when {@code total} is over.
     *
     * @param stop counted down to end the run early
     */
    public void show(CountDownLatch stop) throws InterruptedException {
        if (screen.isTerminal()) redraw(stop);
        else printLines(stop);
    }

    /** Since this view was made. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private void redraw(CountDownLatch stop) throws InterruptedException {
        do screen.draw(moment().frame());
        while (goesOnAfter(REDRAW, stop));
        screen.draw(moment().frame());
    }

    private void printLines(CountDownLatch stop) throws InterruptedException {
        screen.print(moment().treeLines());
        while (goesOnAfter(NEXT_LINE, stop)) screen.print(List.of(moment().line()));
        Moment last = moment();
        screen.print(List.of(last.line()));
        screen.print(last.treeLines());
    }

    /** Waits; false if it is time to end. */
    private boolean goesOnAfter(Duration pause, CountDownLatch stop) throws InterruptedException {
        long leftNanos = total.toNanos() - elapsed().toNanos();
        long waitNanos = Math.min(pause.toNanos(), leftNanos);
        return !stop.await(waitNanos, TimeUnit.NANOSECONDS) && leftNanos > pause.toNanos();
    }

    private Moment moment() {
        long nowNanos = System.nanoTime();
        Progress progress = driver.progress();
        long requests = progress.requests() - lastRequests;
        Duration since = Duration.ofNanos(nowNanos - lastNanos);
        lastNanos = nowNanos;
        lastRequests = progress.requests();
        return new Moment(
                Duration.ofNanos(nowNanos - startNanos),
                total,
                progress,
                Printed.perSecond(requests, since),
                world.restarts(),
                world.killsByKind(),
                world.tree());
    }
}
