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
    private final Set<String> begun = new HashSet<>();
    private final Set<Pid> living = new HashSet<>();
    private final Sought sought = new Sought();

    Plan(Faults faults) {
        add(faults);
    }

    void add(Faults more) {
        faults.addAll(more.all());
        sought.add(more);
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

    /** Whom the faults were for, and who there was. */
    Sought sought() {
        return sought;
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    // What happens

    void born(Pid process) {
        youngest.put(process.label(), process);
        living.add(process);
        sought.born(process.label());
    }

    void died(Pid process) {
        youngest.remove(process.label(), process);
        living.remove(process);
    }

    void handles(Pid process) {
        messages.merge(process.label(), 1, Integer::sum);
    }

    // What goes wrong

    boolean isAlive(Pid process) {
        return living.contains(process);
    }

    /** Whether the process of this name, with its number, has not begun until now. */
    boolean begins(String name) {
        return begun.add(name);
    }

    /** How much later its init begins. */
    long nanosUntilInit(String process) {
        return faults.stream().mapToLong(fault -> ofInit(fault, process)).sum();
    }

    private static long ofInit(Fault fault, String process) {
        return fault instanceof Faults.DelayInit(var who, var by) && who.equals(process)
                ? by.toNanos()
                : 0;
    }

    /** How long it does not begin with a message that it has. */
    long nanosUntilMessage(String process) {
        return faults.stream().mapToLong(fault -> ofMessage(fault, process)).sum();
    }

    private static long ofMessage(Fault fault, String process) {
        return fault instanceof Faults.Slow(var who, var each) && who.equals(process)
                ? each.toNanos()
                : 0;
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
                sought.killed();
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
                sought.killed();
                return victim;
            }
        }
        return null;
    }
}
