package io.coppice.internal.run;

import io.coppice.actor.Fates;
import io.coppice.actor.NodeEvent.DeadLetter;
import io.coppice.actor.ShutdownReport;
import io.coppice.actor.ShutdownReport.Drain;
import io.coppice.actor.ShutdownReport.Stopped;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What happens while a node stops, for its report. Written from many threads. */
final class StopLog {

    private final long sinceNanos;
    private final Fates before;
    private final Map<Pid, Asked> asked = new HashMap<>();
    private final List<Stopped> stopped = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();

    /** When a process was asked to stop, and how often. */
    private record Asked(long atNanos, int times) {
        Asked again() {
            return new Asked(atNanos, times + 1);
        }
    }

    StopLog(long nowNanos, Fates before) {
        this.sinceNanos = nowNanos;
        this.before = before;
    }

    synchronized void asked(Pid process, long nowNanos) {
        asked.merge(process, new Asked(nowNanos, 1), (first, another) -> first.again());
    }

    /** Who was asked in good time and ended by a kill did not come in time. */
    synchronized void ended(Pid process, ExitReason reason, long nowNanos) {
        var when = asked.remove(process);
        if (when != null) {
            boolean wasLate = when.times > 1 && reason instanceof ExitReason.Killed;
            var took = Duration.ofNanos(nowNanos - when.atNanos);
            stopped.add(new Stopped(process, took, reason, wasLate));
        }
    }

    /** As many as anybody reads. */
    synchronized void lost(DeadLetter letter) {
        if (letters.size() < ShutdownReport.MOST_LETTERS) {
            letters.add(letter);
        }
    }

    synchronized ShutdownReport report(ExitReason reason, Drain drain, LocalNode node) {
        var fates = node.fates();
        return new ShutdownReport(
                reason,
                Duration.ofNanos(node.clock().nanoTime() - sinceNanos),
                drain,
                List.copyOf(stopped),
                lostSince(fates),
                List.copyOf(letters),
                fates.underWay(),
                node.zombies());
    }

    private Map<Fates.Loss, Long> lostSince(Fates after) {
        var lost = new HashMap<Fates.Loss, Long>();
        after.dropped().forEach((why, count) -> lost.put(why, count));
        after.refused().forEach((why, count) -> lost.put(why, count));
        before.dropped().forEach((why, count) -> lost.merge(why, -count, Long::sum));
        before.refused().forEach((why, count) -> lost.merge(why, -count, Long::sum));
        lost.values().removeIf(count -> count == 0);
        return Map.copyOf(lost);
    }
}
