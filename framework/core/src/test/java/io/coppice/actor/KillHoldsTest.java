package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A kill, and an exit signal, hold at once whatever the process does: everybody is told, its name
 * is taken by another, and what its code still tries is refused, until that comes back.
 */
@ParameterizedClass(name = "{0}, {1}, {2}")
@MethodSource("cases")
class KillHoldsTest {

    private static final Name<Object> DESK = Name.of("desk");
    private static final SpawnOptions<Object> AT_DESK =
            SpawnOptions.<Object>defaults().withName(DESK);

    /** How a process is ended. */
    enum Ending {
        KILL(KILLED),
        EXIT(custom("out"));

        private final ExitReason reason;

        Ending(ExitReason reason) {
            this.reason = reason;
        }

        void end(Node node, Pid process) {
            switch (this) {
                case KILL -> node.kill(process);
                case EXIT -> node.exit(process, reason);
            }
        }
    }

    /** What keeps a handler from coming back; the ending brings some of them back by itself. */
    enum Blocking {
        COMPUTES(false) {
            @Override
            void block(KillHoldsTest test) {
                while (!test.over.get()) {
                    Thread.onSpinWait();
                }
            }
        },
        SLEEPS(true) {
            @Override
            void block(KillHoldsTest test) throws Exception {
                Thread.sleep(Waiting.PATIENCE); // the sleeper is what is tested
            }
        },
        WAITS(true) {
            @Override
            void block(KillHoldsTest test) throws Exception {
                test.door.await();
            }
        },
        WAITS_STUBBORNLY(false) {
            @Override
            void block(KillHoldsTest test) {
                Waiting.stubbornlyOn(test.door);
            }
        },
        WAITS_FOR_A_LOCK(false) {
            @Override
            void block(KillHoldsTest test) {
                test.lock.lock();
                test.lock.unlock();
            }
        },
        READS_FROM_A_SOCKET(true) {
            @Override
            void block(KillHoldsTest test) throws Exception {
                assertThat(test.socket.getInputStream().read()).isNotNegative();
            }
        };

        private final boolean endsByItself;

        Blocking(boolean endsByItself) {
            this.endsByItself = endsByItself;
        }

        abstract void block(KillHoldsTest test) throws Exception;
    }

    static Stream<Arguments> cases() {
        return Arrays.stream(Blocking.values())
                .flatMap(
                        blocking ->
                                Arrays.stream(Kind.values())
                                        .flatMap(
                                                kind ->
                                                        Arrays.stream(Ending.values())
                                                                .map(
                                                                        end ->
                                                                                Arguments.of(
                                                                                        blocking,
                                                                                        kind,
                                                                                        end))));
    }

    @RegisterExtension private final House house = new House();

    private final Blocking blocking;
    private final Kind kind;
    private final Ending ending;

    private final AtomicBoolean over = new AtomicBoolean();
    private final CountDownLatch door = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();

    /** Opened when the victim's code may go on after it has come back from what kept it. */
    private final CountDownLatch afterwards = new CountDownLatch(1);

    private final CompletableFuture<Boolean> cameBack = new CompletableFuture<>();

    private final CountDownLatch entered = new CountDownLatch(1);
    private ServerSocket silent;
    private Socket socket;
    private Puppet parent;
    private Puppet observer;
    private Puppet linked;
    private Puppet victim;

    KillHoldsTest(Blocking blocking, Kind kind, Ending ending) {
        this.blocking = blocking;
        this.kind = kind;
        this.ending = ending;
    }

    /** To somebody who never says anything. */
    private Socket connect() {
        try {
            return new Socket(silent.getInetAddress(), silent.getLocalPort());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The victim is in its handler when this returns; what keeps it there is the test's. */
    private void meet() {
        parent = house.puppet(kind).trapping();
        observer = house.puppet(kind);
        victim = atDesk();
        linked = house.child(victim, kind);
        observer.does(context -> context.monitor(victim.pid(), news -> news));
        victim.does(context -> socket = context.own(connect()));
        victim.tell(this::runInto);
        Waiting.on(entered);
    }

    private Puppet atDesk() {
        var made = house.keep(parent.ask(context -> Puppet.spawnLinked(context, kind, AT_DESK)));
        made.does(context -> {}); // it has its name now
        return made;
    }

    private void runInto(Context<Object> context) throws Exception {
        entered.countDown();
        try {
            blocking.block(this);
        } finally {
            cameBack.complete(true);
            Waiting.stubbornlyOn(afterwards);
            observer.ref().send("from beyond");
            context.link(observer.pid());
        }
    }

    private void release() {
        over.set(true);
        door.countDown();
        if (lock.isHeldByCurrentThread()) {
            lock.unlock();
        }
    }

    @Test
    void at_once_and_until_the_code_comes_back() throws IOException {
        lock.lock();
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent = server;
            meet();
            var before = house.node().fates();
            ending.end(house.node(), victim.pid());

            assertThat(victim.isAlive()).isFalse();
            everybodyIsTold();
            anotherTakesItsPlace();
            itIsListed();
            if (blocking.endsByItself) {
                assertThat(Waiting.of(cameBack)).isTrue();
            } else {
                assertThat(cameBack).isNotDone();
            }
            release();
            Waiting.of(cameBack);
            itIsListed();
            whatItTriesIsRefused(before);
        } finally {
            release();
            afterwards.countDown();
        }
    }

    private void everybodyIsTold() {
        assertThat(parent.hears()).isEqualTo(new Exited(victim.pid(), ending.reason));
        assertThat(observer.hears(Down.class).reason()).isEqualTo(ending.reason);
        assertThat(linked.end()).isEqualTo(ending.reason);
    }

    private void anotherTakesItsPlace() {
        assertThat(house.node().registry().lookup(DESK)).isEmpty();
        var successor = atDesk();
        house.node().registry().ref(DESK).send("to whoever is there");
        assertThat(successor.hears()).isEqualTo("to whoever is there");
    }

    private void itIsListed() {
        var zombie = listed().orElseThrow();
        assertThat(zombie.reason()).isEqualTo(ending.reason);
        assertThat(zombie.age()).isPositive();
        assertThat(zombie.stack()).anyMatch(frame -> frame.getMethodName().equals("runInto"));
        assertThat(zombie.toString())
                .contains(victim.toString(), ending.reason.toString(), "KillHoldsTest.runInto");
    }

    /** The linked process may still be on its way back as well. */
    private Optional<Zombie> listed() {
        return house.node().zombies().stream()
                .filter(zombie -> zombie.pid() == victim.pid())
                .findAny();
    }

    private void whatItTriesIsRefused(Fates before) {
        afterwards.countDown();
        Waiting.until("the zombie having come back").until(() -> listed().isEmpty());
        house.quiet();
        var after = house.node().fates();

        assertThat(observer.heard()).isEmpty();
        assertThat(observer.links()).isEmpty();
        assertThat(
                        after.dropped().get(Fates.Dropped.SENDER_ENDED)
                                - before.dropped().get(Fates.Dropped.SENDER_ENDED))
                .isEqualTo(1);
        assertThat(
                        after.refused().get(Fates.Refused.CALLER_DEAD)
                                - before.refused().get(Fates.Refused.CALLER_DEAD))
                .isEqualTo(1);
        assertThat(parent.heard()).isEmpty();
    }
}
