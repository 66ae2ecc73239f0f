package io.coppice.testkit.internal;

import io.coppice.internal.run.Witness;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.process.Signal;
import io.coppice.testkit.internal.Event.Verb;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sees one run: tells the plan of faults what it counts, and writes a trace if it is to. */
final class Journal implements Witness {

    static final String OUTSIDE = "outside";

    private final Moment moment;
    private final Plan plan;
    private final boolean traces;
    private final List<Event> events = new ArrayList<>();
    private final Set<Pid> dead = new HashSet<>();
    private boolean closed;

    /** Where a run is. */
    interface Moment {
        int step();

        long nanos();

        /** Whoever has the turn is about to begin with a message. */
        void beforeMessage();
    }

    Journal(Moment moment, Plan plan, boolean traces) {
        this.moment = moment;
        this.plan = plan;
        this.traces = traces;
    }

    List<Event> events() {
        return events;
    }

    /** What follows is the end of the simulation, and no part of the run. */
    void close() {
        closed = true;
    }

    boolean writes() {
        return traces && !closed;
    }

    void write(String who, Verb verb, String other, @Nullable Object detail) {
        if (writes()) {
            var text = detail == null ? "" : Plain.text(detail);
            events.add(new Event(moment.step(), moment.nanos(), who, verb, other, text));
        }
    }

    private void write(@Nullable Pid who, Verb verb, @Nullable Pid other, @Nullable Object detail) {
        if (writes()) {
            write(name(who), verb, name(other), detail);
        }
    }

    private static String name(@Nullable Pid process) {
        return process == null ? OUTSIDE : process.toString();
    }

    // Witness

    @Override
    public void born(Pid child, @Nullable Pid parent) {
        if (!plan.isEmpty()) {
            plan.born(child);
        }
        write(child, Verb.BORN, parent, null);
    }

    @Override
    public void sends(@Nullable Pid from, Pid to, Object message) {
        write(from, Verb.SENDS, to, message);
    }

    @Override
    public boolean deniesRoom(Pid process) {
        boolean isDenied = !plan.isEmpty() && plan.deniesRoom(process.label());
        if (isDenied) {
            write(process, Verb.FAULT, null, "its mailbox is full for a message");
        }
        return isDenied;
    }

    @Override
    public void arrives(@Nullable Pid from, Pid to, Signal signal) {
        switch (signal) {
            case Signal.Link l -> write(from, Verb.LINKS, to, null);
            case Signal.Unlink u -> write(from, Verb.UNLINKS, to, null);
            case Signal.Exit(var reason) -> write(from, Verb.EXITS, to, reason);
            case Signal.Kill k -> write(from, Verb.KILLS, to, null);
            case Signal.Open o -> write(from, Verb.OPENS, to, null);
            case Signal.Monitor m -> write(from, Verb.MONITORS, to, null);
            case Signal.Demonitor d -> {
                if (!dead.contains(from)) {
                    write(from, Verb.DEMONITORS, to, null);
                }
            }
            case Signal.LinkExit e -> {} // told by the death itself
            case Signal.Died d -> {}
            case Signal.UnlinkAck a -> {}
        }
    }

    @Override
    public void handles(Pid process, Object message) {
        if (!plan.isEmpty()) {
            moment.beforeMessage();
            plan.handles(process);
        }
        write(process, Verb.HANDLES, null, message);
    }

    @Override
    public void dies(Pid process, ExitReason reason) {
        if (traces) {
            dead.add(process);
        }
        if (!plan.isEmpty()) {
            plan.died(process);
        }
        write(process, Verb.DIES, null, reason);
    }

    @Override
    public void named(Pid process, String name) {
        write(process, Verb.NAMED, null, name);
    }

    @Override
    public void threw(Pid process, Throwable thrown, Object during) {
        write(process, Verb.THROWS, null, thrown);
    }
}
