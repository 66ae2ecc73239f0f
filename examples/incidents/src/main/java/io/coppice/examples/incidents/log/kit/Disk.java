package io.coppice.examples.incidents.log.kit;

/** What stands under a store: a write takes effect as a whole, or it fails. Not for two threads. */
public final class Disk {

    /** A write has failed. */
    public static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1;

        Failed(int write) {
            super("write " + write);
        }
    }

    private int writes;
    private int failing;
    private boolean done;

    /**
     * Has one write fail.
     *
     * @param write which: 1 for the first of all
     * @param done whether it takes effect all the same, and only the news of that is lost
     */
    public void failAt(int write, boolean done) {
        this.failing = write;
        this.done = done;
    }

    /** How many writes there have been. */
    public int writes() {
        return writes;
    }

    void write(Runnable change) {
        writes++;
        if (writes == failing && !done) throw new Failed(writes);
        change.run();
        if (writes == failing) throw new Failed(writes);
    }
}
