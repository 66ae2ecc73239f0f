package io.coppice.examples.incidents.links;

import static io.coppice.supervision.Child.loop;

import static java.time.Duration.ofMinutes;

import io.coppice.actor.Answer;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.Pid;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A kill of a process whose handler does not come back. */
public final class KillThatWaits implements Incident {

    private static final Name<Object> DESK = Name.of("desk");

    @Override
    public Story story() {
        return Story.of("kill-that-waits", "A kill waits for the handler that it should end")
                .from("L13, L7; spawned#171")
                .elsewhere(
                        "Whether a process has been killed is looked at between two messages. A"
                                + " handler that is stuck is never asked: the kill is no kill.")
                .here(
                        "A kill takes effect when it arrives. The process is dead, its name free"
                                + " and its calls failed, while its thread still runs.");
    }

    private static Facts facts(boolean dead, boolean free, String caller, boolean listed) {
        return Facts.of("dead while its handler is stuck", dead)
                .and("its name is free", free)
                .and("one who waits for its answer is told", caller)
                .and("listed as a zombie, with its stack", listed);
    }

    @Override
    public Facts right() {
        return facts(true, true, "killed", true);
    }

    @Override
    public Elsewhere elsewhere() {
        var isKilled = new AtomicBoolean();
        var door = new CountDownLatch(1);
        var loop =
                Thread.startVirtualThread(
                        () -> {
                            while (!isKilled.get()) Wait.stubbornlyOn(door); // The stuck handler.
                        });
        isKilled.set(true); // kill(): noted, to be seen before the next message.
        boolean dead = !loop.isAlive();
        door.countDown();
        return Elsewhere.reenacted(facts(dead, dead, "nothing", false));
    }

    @Override
    public Facts here() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var door = new CountDownLatch(1);
        try (var node = Node.start()) {
            var stuck = Puppet.start(node, SpawnOptions.<Object>defaults().withName(DESK));
            var caller = Puppet.start(node);
            stuck.tell(
                    context -> {
                        inside.countDown();
                        Wait.stubbornlyOn(door);
                    });
            Wait.on(inside);
            caller.does(
                    context -> {
                        context.<Object, Object>request(
                                stuck.ref(), Request::new, ofMinutes(1), answer -> answer);
                        return true;
                    });
            node.kill(stuck.pid());
            var answer = (Answer.Ended<?>) caller.hears();
            return facts(
                    !node.isAlive(stuck.pid()),
                    node.registry().lookup(DESK).isEmpty(),
                    answer.reason().toString(),
                    isListed(node, stuck.pid()));
        } finally {
            door.countDown();
        }
    }

    private static boolean isListed(Node node, Pid dead) {
        return node.zombies().stream()
                .anyMatch(zombie -> zombie.pid().equals(dead) && !zombie.stack().isEmpty());
    }

    private record Request(ReplyTo<Object> replyTo) {}
}
