package io.coppice.examples.kv.driver;

import java.net.InetSocketAddress;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where clients can be held between two batches, and learn whom to talk to. */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int inside; // clients that may have something in flight
    private boolean held;
    private boolean closed;
    private volatile InetSocketAddress server;

    /**
     * @param clients how many will {@link #pass}, and in the end {@link #leave}
     */
    Gate(int clients, InetSocketAddress server) {
        inside = clients;
        this.server = server;
    }

    InetSocketAddress server() {
        return server;
    }

    /** Waits while the gate is held; false once it is closed. */
    boolean pass() {
        lock.lock();
        try {
            if (held && !closed) {
                inside--;
                changed.signalAll();
                while (held && !closed) changed.awaitUninterruptibly();
                inside++;
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            inside--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when every client is held or has left. */
    void hold() {
        lock.lock();
        try {
            held = true;
            awaitNobodyInside();
        } finally {
            lock.unlock();
        }
    }

    void release(InetSocketAddress newServer) {
        lock.lock();
        try {
            server = newServer;
            held = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** For good; returns when every client has left. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            awaitNobodyInside();
        } finally {
            lock.unlock();
        }
    }

    /** Whether no client has anything in flight. */
    boolean isQuiet() {
        lock.lock();
        try {
            return (held || closed) && inside == 0;
        } finally {
            lock.unlock();
        }
    }

    private void awaitNobodyInside() {
        while (inside > 0) changed.awaitUninterruptibly();
    }
}
