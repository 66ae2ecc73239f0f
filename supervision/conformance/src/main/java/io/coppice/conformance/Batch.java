package io.coppice.conformance;

import io.coppice.actor.ActorRef;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Actions that one process executes back to back. */
final class Batch {

    private final List<Action> actions;
    private final Map<String, ActorRef<?>> known;
    private final Ticket.OfActions ticket;
    private final List<String> results = new ArrayList<>();

    /**
     * @param known the processes that were known by these names when the command was given
     */
    Batch(List<Action> actions, Map<String, ActorRef<?>> known, Ticket.OfActions ticket) {
        this.actions = List.copyOf(actions);
        this.known = Map.copyOf(known);
        this.ticket = ticket;
    }

    Map<String, ActorRef<?>> known() {
        return known;
    }

    boolean isDone() {
        return results.size() == actions.size();
    }

    Action next() {
        return actions.get(results.size());
    }

    /** The result of {@link #next}, which is the one after it from now on. */
    void result(String text) {
        results.add(text);
        if (isDone()) {
            ticket.done(results);
        }
    }
}
