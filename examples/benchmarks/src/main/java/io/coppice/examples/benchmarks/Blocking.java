package io.coppice.examples.benchmarks;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Context;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** What a handler does that does not come back. */
enum Blocking {
    COMPUTES("computes, ignoring interrupts") {
        @Override
        void block(Scene scene, Context<?> context) {
            while (!scene.isOver()) {
                Thread.onSpinWait();
            }
        }
    },
    SLEEPS("sleeps") {
        @Override
        void block(Scene scene, Context<?> context) {
            while (!scene.isOver() && !Thread.currentThread().isInterrupted()) {
                LockSupport.park(scene);
            }
        }
    },
    IGNORES("waits, ignoring interrupts") {
        @Override
        void block(Scene scene, Context<?> context) {
            while (!scene.isOver()) {
                LockSupport.park(scene);
                Thread.interrupted();
            }
        }
    },
    LOCKED("waits for a lock") {
        @Override
        void block(Scene scene, Context<?> context) {
            scene.lock.lock();
            scene.lock.unlock();
        }
    },
    READS("reads from a socket it owns") {
        @Override
        void prepare(Scene scene, Context<?> context) throws IOException {
            scene.socket = context.own(scene.connect());
        }

        @Override
        void block(Scene scene, Context<?> context) throws IOException {
            requireNonNull(scene.socket, "socket").getInputStream().read();
        }
    };

    final String words;

    Blocking(String words) {
        this.words = words;
    }

    /** What is to be done before. */
    void prepare(Scene scene, Context<?> context) throws IOException {}

    /** Returns when the scene is over; some do so as soon as the process is dead. */
    abstract void block(Scene scene, Context<?> context) throws Exception;

    /** What handlers block on, until it is over. */
    static final class Scene implements AutoCloseable {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final ReentrantLock lock = new ReentrantLock();
        private final ServerSocket silent;
        private volatile @Nullable Socket socket;
        private @Nullable Socket peer;
        private volatile boolean over;
        private volatile Thread blocked = Thread.currentThread();

        /** The calling thread keeps the lock until it closes the scene. */
        Scene(ServerSocket silent) {
            this.silent = silent;
            lock.lock();
        }

        /** A server that says nothing. */
        static ServerSocket silence() {
            try {
                return new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private Socket connect() throws IOException {
            var socket = new Socket(silent.getInetAddress(), silent.getLocalPort());
            socket.setSoLinger(true, 0); // or thousands of ports would be left waiting
            return socket;
        }

        private boolean isOver() {
            return over;
        }

        /** For the handler: goes into what does not come back. */
        void enter(Blocking blocking, Context<?> context) throws Exception {
            blocked = Thread.currentThread();
            blocking.prepare(this, context);
            entered.countDown();
            blocking.block(this, context);
        }

        void awaitEntered() throws InterruptedException, IOException {
            entered.await();
            if (socket != null) {
                peer = silent.accept(); // or nobody could connect after a while
            }
        }

        @Override
        public void close() throws IOException {
            over = true;
            if (peer != null) {
                peer.close();
            }
            LockSupport.unpark(blocked);
            lock.unlock();
        }
    }
}
