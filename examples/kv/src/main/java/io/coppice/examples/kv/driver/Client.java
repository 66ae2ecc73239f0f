package io.coppice.examples.kv.driver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One client: sends batches of requests, each on keys of its own, and tells its {@link Ledger} what
 * came of them. A write whose outcome is unknown is never sent again; its keys are read before
 * anything else is asked of them.
 */
final class Client implements Runnable {

    /** A client that has met so many wrong answers has made its point, and rests. */
    private static final int MOST_FINDINGS = 20;

    /** After about so many batches a connection is given back, so that new ones are in demand. */
    private static final int BATCHES_OF_A_CONNECTION = 500;

    private final Load load;
    private final Gate gate;
    private final Tally tally;
    private final RandomGenerator random;
    private final Ledger ledger = new Ledger();
    private final Workload workload;
    private final Troubles troubles = new Troubles();
    private final Deque<Request> again = new ArrayDeque<>(); // at most one for each key
    private final Set<String> uncertain = new HashSet<>();
    private final Session session;
    private volatile Watched watched;
    private int findings;

    Client(int number, Load load, Gate gate, Tally tally) {
        this.load = load;
        this.gate = gate;
        this.tally = tally;
        random = new SplittableRandom(load.seed() + number * 0x9E3779B97F4A7C15L);
        workload = new Workload(load.keyPrefix() + ":" + number, random, ledger);
        watched = new Watched(workload.watchedKey());
        session = new Session(gate, tally, load.patience());
    }

    /** To be read while the client is held or gone. */
    Ledger ledger() {
        return ledger;
    }

    Watched watched() {
        return watched;
    }

    @Override
    public void run() {
        try (session) {
            while (gate.pass() && findings < MOST_FINDINGS) turn();
        } catch (RuntimeException | Error mistake) {
            tally.failed(mistake);
        } finally {
            gate.leave();
        }
    }

    private void turn() {
        List<Request> batch = session.isOpen() ? batch() : List.of();
        if (batch.isEmpty()) {
            session.rest();
            return;
        }
        batch.forEach(this::announce);
        List<Outcome> outcomes = session.exchange(batch);
        for (int i = 0; i < batch.size(); i++) learn(batch.get(i), outcomes.get(i));
        publish();
        if (random.nextInt(BATCHES_OF_A_CONNECTION) == 0) session.giveBack();
    }

    /** What was refused goes first, then what must be found out, then something new. */
    private List<Request> batch() {
        int size = 1 + random.nextInt(load.depth());
        long nowNanos = System.nanoTime();
        var batch = new ArrayList<Request>(size + 1);
        var taken = new HashSet<String>();

        for (Iterator<Request> next = again.iterator(); next.hasNext() && batch.size() < size; ) {
            Request request = next.next();
            if (!areReady(request.keys(), nowNanos)) continue;
            next.remove();
            batch.add(request);
            taken.addAll(request.keys());
        }
        for (String key : uncertain) {
            if (batch.size() >= size) break;
            if (!troubles.isReady(key, nowNanos) || !taken.add(key)) continue;
            batch.add(Workload.reading(key));
            batch.add(new AnyRequest.Ttl(key));
        }
        for (Request waiting : again) taken.addAll(waiting.keys());
        for (int tries = 4 * size; tries > 0 && batch.size() < size; tries--) {
            workload.next(key -> isFree(key, taken))
                    .ifPresent(
                            request -> {
                                batch.add(request);
                                taken.addAll(request.keys());
                            });
        }
        return batch;
    }

    private boolean areReady(List<String> keys, long nowNanos) {
        return keys.stream().allMatch(key -> troubles.isReady(key, nowNanos));
    }

    /** No two requests of a batch share a key, so none depends on what came of another. */
    private boolean isFree(String key, Set<String> taken) {
        return !taken.contains(key) && ledger.isCertain(key);
    }

    private void learn(Request request, Outcome outcome) {
        switch (outcome) {
            case Outcome.Answered(var answer, var nanos) -> {
                tally.answered(nanos);
                ledger.answered(request, answer).forEach(this::found);
                settle(request);
            }
            case Outcome.NotExecuted() -> {
                tally.retries.increment();
                askAgain(request);
            }
            case Outcome.Unknown() -> {
                tally.unknown.increment();
                doubt(request);
            }
            case Outcome.CutOff() -> {
                tally.cutOff.increment();
                doubt(request);
            }
            case Outcome.TimedOut() -> {
                tally.timedOut.increment();
                ledger.unknown(request);
                if (request.writes()) leaveAlone(request);
                else askAgain(request);
            }
            case Outcome.Garbled(var text) -> {
                found(ledger.garbled(request, text));
                leaveAlone(request);
            }
        }
    }

    private void found(Finding finding) {
        findings++;
        tally.found(finding);
        session.giveBack(); // its answers may be out of step from now on
    }

    private void settle(Request request) {
        long nowNanos = System.nanoTime();
        for (String key : request.keys()) {
            if (ledger.isCertain(key) || ledger.isSpoilt(key)) uncertain.remove(key);
            troubles.end(key, nowNanos).ifPresent(tally::recovered);
        }
    }

    private void doubt(Request request) {
        if (!request.writes()) {
            askAgain(request);
            return;
        }
        ledger.unknown(request);
        for (String key : request.keys()) {
            troubles.add(key, System.nanoTime());
            if (!ledger.isCertain(key)) uncertain.add(key);
        }
    }

    /** What finds out about an uncertain key is not kept: it will be drawn up anew. */
    private void askAgain(Request request) {
        long nowNanos = System.nanoTime();
        request.keys().forEach(key -> troubles.add(key, nowNanos));
        if (request.keys().stream().noneMatch(uncertain::contains)) again.addLast(request);
    }

    /** It may yet be carried out, so nothing that is read before the end would prove anything. */
    private void leaveAlone(Request request) {
        ledger.spoil(request);
        for (String key : request.keys()) {
            uncertain.remove(key);
            troubles.end(key, System.nanoTime());
        }
    }

    private void announce(Request request) {
        if (request instanceof TextRequest.IncrBy(var key, var delta)
                && key.equals(watched.key())) {
            watched.counting(count(key));
        }
    }

    private void publish() {
        String key = workload.watchedKey();
        if (!key.equals(watched.key())) watched = new Watched(key);
        if (ledger.isCertain(key)) watched.counted(count(key));
    }

    private long count(String key) {
        return ledger.possible(key).getFirst().content() instanceof Content.Text(var value)
                ? Long.parseLong(value)
                : 0;
    }
}
