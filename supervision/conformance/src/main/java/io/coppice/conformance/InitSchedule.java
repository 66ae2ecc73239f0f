package io.coppice.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What an entity does in its init, attempt by attempt; the last action repeats.
 *
 * @param actions at least one
 */
record InitSchedule(List<Action> actions) {

    InitSchedule {
        actions = List.copyOf(actions);
    }

    /** One init. */
    sealed interface Action {
        record Ok(Optional<String> info) implements Action {}

        record Ignore() implements Action {}

        record Fail(String reason) implements Action {}

        record Crash(String name) implements Action {}

        /** Waits until it is released, and then does {@code next}. */
        record Wait(Action next) implements Action {}
    }

    /** The action of attempt {@code number}, counted from one. */
    Action at(int number) {
        return actions.get(Math.min(number, actions.size()) - 1);
    }

    /** Whether a supervisor can do all of this: it neither waits nor fails by itself. */
    boolean fitsSupervisors() {
        return actions.stream()
                .allMatch(
                        action ->
                                switch (action) {
                                    case Action.Ok(var info) -> info.isEmpty();
                                    case Action.Ignore() -> true;
                                    case Action.Crash(var name) -> true;
                                    case Action.Fail(var reason) -> false;
                                    case Action.Wait(var next) -> false;
                                });
    }

    static InitSchedule parse(String text) {
        var actions = new ArrayList<Action>();
        for (var item : text.split(",", -1)) {
            int star = item.indexOf('*');
            if (star < 0) {
                actions.add(action(item));
            } else {
                int times = times(item, item.substring(star + 1));
                actions.addAll(Collections.nCopies(times, action(item.substring(0, star))));
            }
        }
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("init has no action: " + text);
        }
        return new InitSchedule(actions);
    }

    private static int times(String item, String count) {
        try {
            int times = Integer.parseInt(count);
            if (times >= 0 && times <= 1_000_000) {
                return times;
            }
        } catch (NumberFormatException e) {
            // told below, as is a number out of range
        }
        throw new IllegalArgumentException("init action is to be repeated how often? " + item);
    }

    private static Action action(String text) {
        int colon = text.indexOf(':');
        var verb = colon < 0 ? text : text.substring(0, colon);
        var rest = Optional.of(text).filter(any -> colon >= 0).map(any -> any.substring(colon + 1));
        return switch (verb) {
            case "ok" -> new Action.Ok(rest);
            case "ignore" -> new Action.Ignore();
            case "error" -> new Action.Fail(rest.orElseThrow(() -> unknown(text)));
            case "crash" -> new Action.Crash(rest.orElseThrow(() -> unknown(text)));
            case "wait" -> new Action.Wait(action(rest.orElseThrow(() -> unknown(text))));
            default -> throw unknown(text);
        };
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(
                "init action is none of ok, ok:INFO, ignore, error:R, crash:N, wait:ACT: " + text);
    }
}
