package io.coppice.internal.run;

import org.jspecify.annotations.Nullable;

import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.util.concurrent.TimeUnit;

/**
 * The threads that carry the virtual threads of this JVM, of which there are as many as processors.
 *
 * <p>Nothing takes a program off its carrier while it computes. As many of them as there are
 * carriers would keep out all others, and those that replace them when they have been killed. So
 * whoever watches sends a scout now and then; while the scout does not come to run, carriers are
 * added, and given back when fewer than there were at first have something to do. Virtual threads
 * are the JVM's and not a node's, so this is, too.
 *
 * @see <a
 *     href="https://docs.oracle.com/en/java/javase/25/docs/api/jdk.management/jdk/management/VirtualThreadSchedulerMXBean.html">
 *     VirtualThreadSchedulerMXBean</a>, which a JVM has from 24 on; before, nothing is added
 */
final class Carriers {

    private static final Carriers OF_JVM = new Carriers();

    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String BEAN = "jdk.management.VirtualThreadSchedulerMXBean";
    private static final int MOST =
            Integer.getInteger("jdk.virtualThreadScheduler.maxPoolSize", 256);

    /** So many fill the queue of the JVM in which they wait, if it has not grown yet. */
    private static final int CROWD = 512;

    private static final int LARGEST_CROWD = 1 << 16;

    /** When the scout that is under way was sent, or had waited long enough last; guarded. */
    private long sentNanos;

    /** The last one that was sent, if it is not back. */
    private @Nullable Thread scout;

    /** How many were sent with it. */
    private int crowd;

    /** How many there were before any was added. */
    private int atFirst;

    private int added;
    private boolean isBeyondUs;

    private Carriers() {}

    static Carriers ofJvm() {
        return OF_JVM;
    }

    synchronized boolean areAdded() {
        return added > 0;
    }

    /**
     * Sends a scout, or looks after the one that is under way.
     *
     * @return whether there is something to come back for: a scout, or carriers to give back
     */
    synchronized boolean look(long now) {
        if (isBeyondUs) {
            return false;
        }
        var sent = scout;
        if (sent == null) {
            send(1, now);
            return true;
        }
        if (sent.getState() == Thread.State.TERMINATED) {
            scout = null;
            return added > 0 && !giveBack();
        }
        if (now - sentNanos >= LATE_NANOS) {
            add();
            send(crowd < CROWD ? CROWD : Math.min(2 * crowd, LARGEST_CROWD), now);
        }
        return true;
    }

    /**
     * Sends a crowd of scouts where a carrier has been added: somebody must wake it. The JVM does
     * so for who enters a queue that is all but empty, and for who fills one; not for who comes in
     * between.
     */
    private void send(int scouts, long now) {
        sentNanos = now;
        crowd = scouts;
        for (int i = 0; i < scouts; i++) {
            scout = Thread.ofVirtual().name("coppice-scout").start(() -> {});
        }
    }

    private void add() {
        try {
            if (added == 0) {
                atFirst = get("Parallelism");
            }
            if (atFirst + added < MOST) {
                added++;
                setParallelism(atFirst + added);
            }
        } catch (ReflectiveOperationException | RuntimeException noSuchBean) {
            isBeyondUs = true;
        }
    }

    /**
     * @return whether all that had been added are gone
     */
    private boolean giveBack() {
        try {
            if (get("MountedVirtualThreadCount") < atFirst) {
                added--;
                setParallelism(atFirst + added);
            }
        } catch (ReflectiveOperationException | RuntimeException noSuchBean) {
            isBeyondUs = true;
        }
        return added == 0;
    }

    private int get(String name) throws ReflectiveOperationException {
        return (int)
                bean().getMethod("get" + name).invoke(ManagementFactory.getPlatformMXBean(bean()));
    }

    private void setParallelism(int carriers) throws ReflectiveOperationException {
        bean().getMethod("setParallelism", int.class)
                .invoke(ManagementFactory.getPlatformMXBean(bean()), carriers);
    }

    @SuppressWarnings("unchecked") // it is what its name says
    private static Class<? extends PlatformManagedObject> bean() throws ClassNotFoundException {
        return (Class<? extends PlatformManagedObject>) Class.forName(BEAN);
    }
}
