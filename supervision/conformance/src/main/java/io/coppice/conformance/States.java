package io.coppice.conformance;

import io.coppice.actor.Node;
import io.coppice.actor.ProcessInfo;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints the state of processes. */
final class States {

    private static final String DEAD = "dead ";

    private final Node node;
    private final Recorder recorder;

    States(Node node, Recorder recorder) {
        this.node = node;
        this.recorder = recorder;
    }

    static boolean isDead(String state) {
        return state.startsWith(DEAD);
    }

    /** The states of all processes, by name. */
    SortedMap<String, String> now() {
        var states = new TreeMap<String, String>();
        recorder.all().forEach(pid -> states.put(recorder.name(pid), state(pid)));
        return states;
    }

    private String state(Pid pid) {
        return recorder.death(pid)
                .map(reason -> DEAD + Reasons.text(reason))
                .or(() -> node.info(pid).map(this::alive))
                .orElse(DEAD + "?");
    }

    private String alive(ProcessInfo info) {
        boolean isActor = recorder.supervisor(info.pid()).isEmpty();
        int queued = isActor ? recorder.queued(info.pid()) : 0;
        return "alive"
                + (info.trapsExits() ? " trap" : "")
                + list(" links=", info.links().stream().map(recorder::name))
                + (isActor ? list(" monitors=", info.monitors().stream().map(this::watched)) : "")
                + list(" names=", info.name().stream())
                + (queued > 0 ? " queued=" + queued : "");
    }

    /** What a monitor watches, as it was asked for. */
    String watched(MonitorRef monitor) {
        return monitor.name()
                .map(name -> "@" + name)
                .or(() -> monitor.pid().map(recorder::name))
                .orElse("?");
    }

    private static String list(String key, Stream<String> names) {
        var joined = names.sorted().collect(Collectors.joining(","));
        return joined.isEmpty() ? "" : key + "[" + joined + "]";
    }
}
