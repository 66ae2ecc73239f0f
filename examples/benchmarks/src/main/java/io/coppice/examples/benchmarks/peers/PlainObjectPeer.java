package io.coppice.examples.benchmarks.peers;

import io.coppice.examples.benchmarks.programs.Peer;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/**
 * Objects that take each other's messages in turns, on the thread that sends from outside.
 *
 * <p>No peer, and only as much of one as {@code scale} needs: nobody runs beside another, is
 * supervised, or has a name. What an operation costs more here among a million than among a
 * thousand is the doing of the memory, and of the collector.
 */
final class PlainObjectPeer implements Peer {

    /** Those who have messages, in the order in which they take them. */
    private @Nullable Plain ready;

    private @Nullable Plain lastReady;
    private boolean isRunning;

    /** A message, and what has come after it. */
    private static final class Letter {
        private final Object message;
        private @Nullable Letter next;

        Letter(Object message) {
            this.message = message;
        }
    }

    /** Who is told of an end, and by what. */
    private record Bond(Plain other, Object news, @Nullable Bond next) {}

    /** What those who are tied are told. */
    private static final Object FAILED = new Object();

    private static final class Plain implements Self {
        private final PlainObjectPeer peer;
        private @Nullable Behaviour behaviour;
        private @Nullable Letter letters;
        private @Nullable Letter lastLetter;
        private @Nullable Plain readyAfter;
        private @Nullable Bond ties;
        private @Nullable Bond watchers;

        Plain(PlainObjectPeer peer) {
            this.peer = peer;
        }

        @Override
        public Object address() {
            return this;
        }

        @Override
        public Object spawn(Function<Self, Behaviour> actor) {
            return peer.spawn(actor);
        }

        @Override
        public void stop() {
            behaviour = null;
            for (var bond = watchers; bond != null; bond = bond.next) {
                peer.post(bond.other, bond.news);
            }
            watchers = null;
        }

        private void fail() {
            stop();
            for (var bond = ties; bond != null; bond = bond.next) {
                if (bond.other.behaviour != null) {
                    peer.post(bond.other, bond.news);
                }
            }
            ties = null;
        }

        @Override
        public void tie(Object other) {
            var tied = (Plain) other;
            ties = new Bond(tied, FAILED, ties);
            tied.ties = new Bond(this, FAILED, tied.ties);
        }

        @Override
        public void watch(Object other, Object news) {
            var watched = (Plain) other;
            watched.watchers = new Bond(this, news, watched.watchers);
        }

        private void take(Object message) {
            var living = behaviour;
            if (living == null) {
                return;
            }
            if (message == FAILED) {
                fail();
                return;
            }
            try {
                living.receive(message);
            } catch (RuntimeException failed) {
                fail();
            }
        }
    }

    @Override
    public Object spawn(Function<Self, Behaviour> actor) {
        var made = new Plain(this);
        made.behaviour = actor.apply(made);
        return made;
    }

    @Override
    public void send(Object address, Object message) {
        post((Plain) address, message);
        if (!isRunning) {
            isRunning = true;
            try {
                run();
            } finally {
                isRunning = false;
            }
        }
    }

    private void post(Plain to, Object message) {
        var letter = new Letter(message);
        var before = to.lastLetter;
        to.lastLetter = letter;
        if (before != null) {
            before.next = letter;
            return;
        }
        to.letters = letter;
        makeReady(to);
    }

    private void makeReady(Plain one) {
        var before = lastReady;
        lastReady = one;
        if (before == null) {
            ready = one;
        } else {
            before.readyAfter = one;
        }
    }

    private void run() {
        for (var one = ready; one != null; one = ready) {
            ready = one.readyAfter;
            one.readyAfter = null;
            if (ready == null) {
                lastReady = null;
            }
            var letter = one.letters;
            one.letters = null;
            one.lastLetter = null;
            for (; letter != null; letter = letter.next) {
                one.take(letter.message);
            }
        }
    }

    @Override
    public void close() {}
}
