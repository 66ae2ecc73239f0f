package io.coppice.examples.incidents.log;

import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Commands that are sent while the peer connects, at any moment of it. */
public final class MissedWhileSubscribing implements Incident {

    private static final int SCHEDULES = 200;
    private static final List<String> COMMANDS =
            IntStream.rangeClosed(1, 6).mapToObj(i -> "command-" + i).toList();

    @Override
    public Story story() {
        return Story.of(
                        "missed-while-subscribing",
                        "A command sent during the subscription is missed")
                .from("R4")
                .elsewhere(
                        "What is stored is read, and then the live stream is subscribed to. What"
                                + " is sent in between is in neither.")
                .here(
                        "A new line and a new command are both messages to the sender, a process,"
                                + " which handles one after the other: there is no between. Live"
                                + " and replayed are one stream, read from the store by index"
                                + " (log.kit). Two hundred schedules are tried.");
    }

    private static Facts facts(long wrong) {
        return Facts.of("orders in which a command is missed, or comes twice", wrong);
    }

    @Override
    public Facts right() {
        return facts(0);
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reenacted(
                facts(IntStream.range(0, 3).filter(at -> !isSeenIfSentAt(at)).count()));
    }

    /** Read, then subscribe; the command is sent before, between or after. */
    private static boolean isSeenIfSentAt(int moment) {
        List<String> stored = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        if (moment == 0) stored.add("command");
        seen.addAll(stored);
        if (moment == 1) stored.add("command"); // Published as well, to nobody.
        boolean subscribed = true;
        if (moment == 2 && subscribed) seen.add("command");
        return seen.contains("command");
    }

    @Override
    public Facts here() {
        return facts(
                Tries.inSchedules(
                        SCHEDULES, run -> deliveredWhileConnecting(run).equals(COMMANDS) ? 0 : 1));
    }

    private static List<String> deliveredWhileConnecting(Simulation simulation) {
        var rig = Rig.fresh();
        var node = simulation.node();
        rig.startSender(node);
        rig.startReceiver(node);
        rig.post(node, COMMANDS.getFirst());
        node.spawn(rig::dialer);
        COMMANDS.stream().skip(1).forEach(command -> rig.post(node, command));
        simulation.settle(); // No time passes: no timer mends it.
        return rig.journal().effects();
    }
}
