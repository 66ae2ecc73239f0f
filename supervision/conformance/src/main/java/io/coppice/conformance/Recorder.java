package io.coppice.conformance;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes down what happens, in the order in which it happens.
 *
 * <p>Processes and the driver call it from their own threads; it calls nobody while it holds its
 * lock.
 */
final class Recorder {

    /**
     * The group to which the events of a process belong.
     *
     * @param starter the process that started it
     * @param dynamicChild its name, if it is a dynamic child
     */
    record Owner(Pid starter, Optional<String> dynamicChild) {}

    /** A {@code !} line; {@code reason} is empty if {@code who} started. */
    record Event(Owner owner, Pid who, Optional<ExitReason> reason) {}

    /** What has happened since it was asked last. */
    record News(List<Event> events, Map<Pid, List<Receipt>> receipts) {}

    private final Node node;
    private final Map<Pid, String> names = new LinkedHashMap<>();
    private final Map<String, ActorRef<?>> processes = new HashMap<>();
    private final Map<Pid, ExitReason> deaths = new HashMap<>();
    private final Map<Pid, Owner> owners = new HashMap<>();
    private final Map<Pid, Definitions.Kind> supervisors = new HashMap<>();
    private final Set<Pid> muted = new HashSet<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<Pid, Integer> queued = new HashMap<>();
    private final Map<String, ActorRef<TestActor.Message>> waiting = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final Map<Pid, List<Receipt>> receipts = new HashMap<>();
    private long happenings;

    Recorder(Node node) {
        this.node = node;
    }

    // Processes

    /** From now on {@code process} is called {@code name}, unless it has a name already. */
    void named(ActorRef<?> process, String name) {
        if (enter(process, name)) {
            var pid = process.pid();
            // Completed in the death itself, before anybody can act on it: so events are in order.
            var unused = node.ended(pid).thenAccept(reason -> died(pid, reason));
        }
    }

    private synchronized boolean enter(ActorRef<?> process, String name) {
        boolean isNew = names.putIfAbsent(process.pid(), name) == null;
        if (isNew) {
            processes.put(name, process);
        }
        return isNew;
    }

    private synchronized void died(Pid pid, ExitReason reason) {
        happenings++;
        deaths.put(pid, reason);
        var owner = owners.get(pid);
        if (owner != null) {
            if (supervisors.containsKey(owner.starter()) && Reasons.isOfFailedStart(reason)) {
                muted.add(pid);
            }
            events.add(new Event(owner, pid, Optional.of(reason)));
        }
    }

    /**
     * A process that was started has entered its init.
     *
     * @param id the entity of which it is an incarnation
     * @param dynamicChild {@code id}, if it is a dynamic child
     * @return which attempt at starting {@code id} this is
     */
    int started(Context<?> context, String id, Optional<String> dynamicChild) {
        int attempt = attempt(id);
        var self = context.self();
        named(self, id + "#" + attempt);
        enterInit(self, id, new Owner(context.parent().orElseThrow(), dynamicChild));
        return attempt;
    }

    private synchronized int attempt(String id) {
        return attempts.merge(id, 1, Integer::sum);
    }

    private synchronized void enterInit(ActorRef<?> self, String id, Owner owner) {
        happenings++;
        processes.put(id, self);
        owners.put(self.pid(), owner);
        events.add(new Event(owner, self.pid(), Optional.empty()));
    }

    /** The process is a supervisor: its monitors and its mailbox are its own affair. */
    synchronized void isSupervisor(Pid pid, Definitions.Kind kind) {
        supervisors.put(pid, kind);
    }

    synchronized Optional<ActorRef<?>> process(String name) {
        return Optional.ofNullable(processes.get(name));
    }

    /** What {@code pid} is, if it is a supervisor. */
    synchronized Optional<Definitions.Kind> supervisor(Pid pid) {
        return Optional.ofNullable(supervisors.get(pid));
    }

    /** What the scenario calls {@code pid}; {@code ?} if it cannot know it. */
    synchronized String name(Pid pid) {
        return names.getOrDefault(pid, "?");
    }

    /** All processes with a name, in the order in which they got it. */
    synchronized List<Pid> all() {
        return List.copyOf(names.keySet());
    }

    synchronized Optional<ExitReason> death(Pid pid) {
        return Optional.ofNullable(deaths.get(pid));
    }

    // Messages

    synchronized void received(Pid receiver, Receipt receipt) {
        happenings++;
        receipts.computeIfAbsent(receiver, any -> new ArrayList<>()).add(receipt);
    }

    /** No exit message of {@code pid} is printed: its init has failed. */
    synchronized void mute(Pid pid) {
        muted.add(pid);
    }

    synchronized boolean isMuted(Pid pid) {
        return muted.contains(pid);
    }

    synchronized void queued(Pid pid, int messages) {
        queued.put(pid, messages);
    }

    synchronized int queued(Pid pid) {
        return queued.getOrDefault(pid, 0);
    }

    /** How much has happened: starts, deaths and messages. */
    synchronized long happenings() {
        return happenings;
    }

    /** Takes out what has happened. */
    synchronized News take() {
        var news = new News(List.copyOf(events), Map.copyOf(receipts));
        events.clear();
        receipts.clear();
        return news;
    }

    // Inits that wait

    synchronized void waits(String id, ActorRef<TestActor.Message> process) {
        waiting.put(id, process);
    }

    /** Who waits in the init of {@code id}; it does no more. */
    synchronized Optional<ActorRef<TestActor.Message>> released(String id) {
        return Optional.ofNullable(waiting.remove(id));
    }
}
