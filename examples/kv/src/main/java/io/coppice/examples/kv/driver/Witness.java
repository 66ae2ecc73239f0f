package io.coppice.examples.kv.driver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what clients count, and counts on it: over whichever connection, a value that somebody was
 * told is never taken back, and one that nobody counted to is never seen.
 */
final class Witness implements Runnable {

    private final List<Client> clients;
    private final Gate gate;
    private final Tally tally;
    private final Session session;
    private final Map<String, Long> seen = new HashMap<>(); // the highest value of each key
    private int turns;

    Witness(List<Client> clients, Load load, Gate gate, Tally tally) {
        this.clients = clients;
        this.gate = gate;
        this.tally = tally;
        session = new Session(gate, tally, load.patience());
    }

    @Override
    public void run() {
        try (session) {
            while (gate.pass()) turn();
        } catch (RuntimeException | Error mistake) {
            tally.failed(mistake);
        } finally {
            gate.leave();
        }
    }

    private void turn() {
        if (!session.isOpen()) {
            session.rest();
            return;
        }
        Watched watched = clients.get(turns++ % clients.size()).watched();
        long least = Math.max(watched.floor(), seen.getOrDefault(watched.key(), 0L));
        Request get = new TextRequest.Get(watched.key());
        switch (session.exchange(List.of(get)).getFirst()) {
            case Outcome.Answered(var answer, var nanos) -> {
                tally.answered(nanos);
                check(watched, get, answer, least);
            }
            case Outcome.NotExecuted() -> {
                tally.retries.increment();
                session.rest();
            }
            case Outcome.Unknown() -> tally.unknown.increment();
            case Outcome.CutOff() -> tally.cutOff.increment();
            case Outcome.TimedOut() -> tally.timedOut.increment();
            case Outcome.Garbled(var text) -> found(watched, get, new Answer.Error(text), least);
        }
    }

    private void check(Watched watched, Request get, Answer answer, long least) {
        long most = watched.ceiling();
        long value =
                switch (answer) {
                    case Answer.Nil() -> 0;
                    case Answer.Text(var text) when TextRequest.INTEGER.matcher(text).matches() ->
                            Long.parseLong(text);
                    default -> -1;
                };
        if (least <= value && value <= most) seen.put(watched.key(), value);
        else found(watched, get, answer, least);
    }

    private void found(Watched watched, Request get, Answer answer, long least) {
        session.giveBack(); // its answers may be out of step from now on
        tally.found(
                new Finding(
                        watched.key(),
                        Printable.of(get) + " by a witness",
                        Printable.of(answer),
                        List.of(least + " to " + watched.ceiling()),
                        0,
                        List.of()));
    }
}
