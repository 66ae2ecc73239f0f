package io.coppice.conformance;

import io.coppice.conformance.Recorder.Event;
import io.coppice.conformance.Recorder.News;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Prints what can be seen after a step. */
final class Observation {

    private final Recorder recorder;
    private final States states;
    private SortedMap<String, String> printed = new TreeMap<>();

    Observation(Recorder recorder, States states) {
        this.recorder = recorder;
        this.states = states;
    }

    /** Takes the states as they are now for known. */
    void begin() {
        recorder.take();
        printed = states.now();
    }

    /** Events, states that have changed and messages since the last time, each line ended. */
    String print(EventOrder order) {
        var news = recorder.take();
        var now = states.now();
        var lines = new ArrayList<String>();
        events(news.events(), order).forEach(lines::add);
        var messages = messages(news);
        now.forEach(
                (name, state) -> {
                    if (!state.equals(printed.get(name))) {
                        lines.add(name + ": " + state);
                    }
                    if (!States.isDead(state)) {
                        messages.getOrDefault(name, List.of())
                                .forEach(message -> lines.add(name + " <- " + message.text()));
                    }
                });
        printed = now;
        return lines.stream().map(line -> line + "\n").reduce("", String::concat);
    }

    // Events

    private List<String> events(List<Event> events, EventOrder order) {
        var ordered =
                switch (order) {
                    case GLOBAL -> events.stream();
                    case GROUPED -> events.stream().sorted(Comparator.comparing(this::group));
                    case CHILD -> events.stream().sorted(Comparator.comparing(this::name));
                };
        return ordered.map(this::text).toList();
    }

    private String name(Event event) {
        return recorder.name(event.who());
    }

    private String group(Event event) {
        var starter = recorder.name(event.owner().starter());
        return event.owner().dynamicChild().map(child -> starter + " " + child).orElse(starter);
    }

    private String text(Event event) {
        var who = name(event);
        return event.reason()
                .map(reason -> "! exit " + who + " " + Reasons.text(reason))
                .orElse("! start " + who);
    }

    // Messages

    private static final Comparator<Message> BY_SENDER =
            Comparator.comparing(Message::sender)
                    .thenComparing(Message::isDown)
                    .thenComparing(Message::monitor);

    private record Message(String sender, boolean isDown, String monitor, String text) {}

    private Map<String, List<Message>> messages(News news) {
        var messages = new TreeMap<String, List<Message>>();
        news.receipts()
                .forEach(
                        (receiver, receipts) ->
                                messages.computeIfAbsent(
                                                recorder.name(receiver), any -> new ArrayList<>())
                                        .addAll(
                                                receipts.stream()
                                                        .filter(this::isPrinted)
                                                        .map(this::message)
                                                        .toList()));
        messages.values().forEach(list -> list.sort(BY_SENDER));
        return messages;
    }

    private boolean isPrinted(Receipt receipt) {
        return !(receipt instanceof Receipt.Exit(var news) && recorder.isMuted(news.from()));
    }

    private Message message(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Exit(var news) -> {
                var from = recorder.name(news.from());
                yield new Message(
                        from, false, "", "EXIT(" + from + ", " + Reasons.text(news.reason()) + ")");
            }
            case Receipt.Text(var pid, var text) -> {
                var from = recorder.name(pid);
                yield new Message(from, false, "", "MSG(" + from + ", " + text + ")");
            }
            case Receipt.Gone(var monitor, var news) -> {
                var what = states.watched(news.monitor());
                var text = monitor + ", " + what + ", " + Reasons.text(news.reason());
                yield new Message(what, true, monitor, "DOWN(" + text + ")");
            }
        };
    }
}
