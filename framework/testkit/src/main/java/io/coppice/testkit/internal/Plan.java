package io.coppice.testkit.internal;

import io.coppice.process.Pid;
import io.coppice.testkit.Faults;
import io.coppice.testkit.Faults.Fault;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The faults of one run: which are still to come, and what has been counted for them. */
final class Plan {

    /** A timer that is lost. */
    static final long NEVER = -1;

    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> armed = new ArrayList<>();
    private final Map<String, Pid> youngest = new HashMap<>();
    private final Map<String, Integer> messages = new HashMap<>();
    private final Map<String, Integer> timers = new HashMap<>();
    private final Map<String, Integer> tries = new HashMap<>();
    private final Set<Pid> begun = new HashSet<>();

    Plan(Faults faults) {
        add(faults);
    }

    void add(Faults more) {
        faults.addAll(more.all());
        for (var fault : more.all()) {
            if (!(fault instanceof Faults.Slow || fault instanceof Faults.DelayInit)) {
                armed.add(fault);
            }
        }
    }

    void clear() {
        faults.clear();
        armed.clear();
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    // What happens

    void born(Pid process) {
        youngest.put(process.label(), process);
    }

    void died(Pid process) {
        youngest.remove(process.label(), process);
    }

    void handles(Pid process) {
        messages.merge(process.label(), 1, Integer::sum);
    }

    // What goes wrong

    /** How long {@code process}, which has something to do, does not begin with it. */
    long nanosUntilTurn(Pid process) {
        boolean isInit = begun.add(process);
        return faults.stream().mapToLong(fault -> delay(fault, process.label(), isInit)).sum();
    }

    /** {@link #nanosUntilTurn} of a process that has a thread of its own, for its init. */
    long nanosUntilInit(String process) {
        return faults.stream().mapToLong(fault -> delay(fault, process, true)).sum();
    }

    private static long delay(Fault fault, String process, boolean isInit) {
        return switch (fault) {
            case Faults.DelayInit(var who, var by) when isInit && who.equals(process) ->
                    by.toNanos();
            case Faults.Slow(var who, var each) when !isInit && who.equals(process) ->
                    each.toNanos();
            default -> 0;
        };
    }

    /** How long {@code process}, about to act, blocks; zero if it does not. */
    long nanosBlocked(String process) {
        int message = messages.getOrDefault(process, 0);
        for (var fault : armed) {
            if (fault instanceof Faults.Block(var who, var which, var time)
                    && who.equals(process)
                    && which == message) {
                armed.remove(fault);
                return time.toNanos();
            }
        }
        return 0;
    }

    /** Whether a message that is about to take room at {@code process} is to find none. */
    boolean deniesRoom(String process) {
        int tried = tries.merge(process, 1, Integer::sum);
        return armed.stream()
                .filter(fault -> fault.equals(new Faults.Full(process, tried)))
                .findFirst()
                .map(armed::remove)
                .orElse(false);
    }

    /** How much later the timer fires that {@code process} sets, or {@link #NEVER}. */
    long nanosLate(String process) {
        int timer = timers.merge(process, 1, Integer::sum);
        for (var fault : armed) {
            switch (fault) {
                case Faults.LoseTimer(var who, var which)
                        when who.equals(process) && which == timer -> {
                    return NEVER;
                }
                case Faults.DelayTimer(var who, var which, Duration by)
                        when who.equals(process) && which == timer -> {
                    return by.toNanos();
                }
                default -> {}
            }
        }
        return 0;
    }

    // Kills

    /** How many kills could strike now. */
    int kills() {
        int kills = 0;
        for (var fault : armed) {
            if (fault instanceof Faults.Kill && youngest.containsKey(fault.process())) {
                kills++;
            }
        }
        return kills;
    }

    /** Takes the kill at {@code index} of those that could strike: whom it meets. */
    Pid strike(int index) {
        int left = index;
        for (var fault : armed) {
            var victim = youngest.get(fault.process());
            if (fault instanceof Faults.Kill && victim != null && left-- == 0) {
                armed.remove(fault);
                return victim;
            }
        }
        throw new IllegalStateException("no kill " + index + " among " + armed);
    }

    /** Whom a kill meets that was set for this step or an earlier one; null for none. */
    @Nullable Pid due(int step) {
        for (var fault : armed) {
            var victim = youngest.get(fault.process());
            if (fault instanceof Faults.KillAt(var who, var at) && at <= step && victim != null) {
                armed.remove(fault);
                return victim;
            }
        }
        return null;
    }
}
