package io.coppice.testkit.model;

import io.coppice.testkit.model.supervisor.Role;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Queue;
import io.vavr.control.Option;

/**
 * What there is in a world besides processes and signals.
 *
 * @param millis what time it is
 * @param alarms who wants to be told, and when
 * @param cast what becomes of those that are started, by id
 * @param attempts how many have been started so far, by id
 * @param events what has happened to them
 */
record Scene(
        long millis,
        Map<String, Long> alarms,
        Map<String, Role> cast,
        Map<String, Integer> attempts,
        Queue<Event> events) {

    static Scene empty() {
        return new Scene(0, HashMap.empty(), HashMap.empty(), HashMap.empty(), Queue.empty());
    }

    /** When the next alarm rings. */
    Option<Long> nextAlarm() {
        return alarms.values().min();
    }

    /** Whether {@code who} has a name as those have that are started by id. */
    static boolean isStartedById(String who) {
        return who.contains("#");
    }

    String nextOf(String id) {
        return id + "#" + attempt(id);
    }

    int attempt(String id) {
        return attempts.getOrElse(id, 0) + 1;
    }

    Scene withAttempt(String id) {
        return new Scene(millis, alarms, cast, attempts.put(id, attempt(id)), events);
    }

    Scene withRole(String id, Role role) {
        return new Scene(millis, alarms, cast.put(id, role), attempts, events);
    }

    Scene withAlarm(String who, long inMillis) {
        return new Scene(millis, alarms.put(who, millis + inMillis), cast, attempts, events);
    }

    Scene withoutAlarm(String who) {
        return new Scene(millis, alarms.remove(who), cast, attempts, events);
    }

    Scene at(long now) {
        return new Scene(now, alarms, cast, attempts, events);
    }

    Scene with(Event event) {
        return new Scene(millis, alarms, cast, attempts, events.enqueue(event));
    }
}
