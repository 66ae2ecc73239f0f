package io.coppice.examples.benchmarks.programs;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

import org.HdrHistogram.ConcurrentHistogram;

import java.lang.management.ManagementFactory;

/** Takes down what a program costs, while it is switched on. */
public final class Meter {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final ConcurrentHistogram waits = new ConcurrentHistogram(3);
    private boolean isOn;
    private long nanosThen;
    private long cpuThen;
    private long bytesThen;
    private long nanos;
    private long cpu;
    private long bytes;
    private long retained;

    /** Switches it on; what came since the last time, without a stop, does not count. */
    public void start() {
        isOn = true;
        bytesThen = THREADS.getTotalThreadAllocatedBytes();
        cpuThen = SYSTEM.getProcessCpuTime();
        nanosThen = System.nanoTime();
    }

    /** Switches it off, if it is on. */
    public void stop() {
        if (isOn) {
            isOn = false;
            nanos += System.nanoTime() - nanosThen;
            cpu += SYSTEM.getProcessCpuTime() - cpuThen;
            bytes += THREADS.getTotalThreadAllocatedBytes() - bytesThen;
        }
    }

    /** Something has taken so long. From any thread. */
    public void took(long durationNanos) {
        waits.recordValue(Math.max(0, durationNanos));
    }

    /** So much is kept. */
    public void keeps(long retainedBytes) {
        retained += Math.max(0, retainedBytes);
    }

    /** What is reachable now. */
    public static long heapBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc(); // once is not enough for what has to be finalised or unloaded
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What it has taken down in {@code laps} that did {@code operations}. */
    public Score score(long operations, long laps) {
        return new Score(
                operations,
                nanos,
                cpu,
                bytes,
                laps,
                waits.getValueAtPercentile(50),
                waits.getValueAtPercentile(99),
                retained);
    }
}
