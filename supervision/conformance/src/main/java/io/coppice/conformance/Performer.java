package io.coppice.conformance;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.NoSuchProcess;
import io.coppice.conformance.Action.Target;
import io.coppice.conformance.TestActor.Message;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Does in the name of one process what a scenario tells it to. */
final class Performer {

    private final Run run;
    private final Context<Message> context;
    private final Mail mail;
    private final Map<MonitorRef, String> monitors = new LinkedHashMap<>();
    private boolean traps;

    /**
     * @param mail what the process has received and not taken yet
     */
    Performer(Run run, Context<Message> context, Mail mail) {
        this.run = run;
        this.context = context;
        this.mail = mail;
    }

    boolean traps() {
        return traps;
    }

    /** What the scenario calls a monitor of this process. */
    String nameOf(MonitorRef monitor) {
        return monitors.getOrDefault(monitor, "?");
    }

    /**
     * Does one thing, and returns its result.
     *
     * @param known the processes that some names stand for; the others were spawned just now
     */
    String perform(Action.Deed deed, Map<String, ActorRef<?>> known) {
        return switch (deed) {
            case Action.Spawn spawn -> spawn(spawn);
            case Action.Link(var peer) -> link(find(peer, known).pid());
            case Action.Unlink(var peer, var flush) -> unlink(find(peer, known).pid(), flush);
            case Action.Monitor(var target, var as) -> monitor(target, as, known);
            case Action.Demonitor(var monitor, var flush, var info) ->
                    demonitor(monitor, flush, info);
            case Action.Trap(var on) -> trap(on) ? "on" : "off";
            case Action.Exit exit -> exit(find(exit.target(), known).pid(), exit.reason());
            case Action.Stop(var reason) -> throw context.stop(Reasons.parse(reason));
            case Action.Crash(var name) -> throw new PlannedCrash(name);
            case Action.Send(var target, var text) -> send(target, text, known);
        };
    }

    private ActorRef<?> find(Target.ByProcess target, Map<String, ActorRef<?>> known) {
        return Optional.<ActorRef<?>>ofNullable(known.get(target.name()))
                .or(() -> run.recorder().process(target.name()))
                .orElseThrow();
    }

    private String spawn(Action.Spawn spawn) {
        var process = run(spawn);
        run.recorder().named(process, spawn.name());
        return "ok";
    }

    private ActorRef<Message> run(Action.Spawn spawn) {
        var factory = TestActor.spawned(run, spawn);
        var options = Run.<Message>options(spawn.name());
        if (spawn.monitor().isEmpty()) {
            return spawn.link()
                    ? context.spawnLinked(factory, options)
                    : context.spawn(factory, options);
        }
        var monitored =
                spawn.link()
                        ? context.spawnLinkedAndMonitored(factory, options, Message.Gone::new)
                        : context.spawnMonitored(factory, options, Message.Gone::new);
        monitors.put(monitored.monitor(), spawn.monitor().get());
        return monitored.ref();
    }

    private String link(Pid peer) {
        try {
            context.link(peer);
            return "ok";
        } catch (NoSuchProcess e) {
            return "error noproc";
        }
    }

    private String unlink(Pid peer, boolean flush) {
        if (!flush) {
            context.unlink(peer);
            return "ok";
        }
        if (mail.flushExit(peer)) {
            context.unlink(peer);
            return "flushed";
        }
        return context.unlinkAndFlush(peer) ? "flushed" : "ok";
    }

    private String monitor(Target target, String as, Map<String, ActorRef<?>> known) {
        var monitor =
                switch (target) {
                    case Target.ByProcess process ->
                            context.monitor(find(process, known).pid(), Message.Gone::new);
                    case Target.ByName(var name) ->
                            context.monitor(Name.of(name), Message.Gone::new);
                };
        monitors.put(monitor, as);
        return "ok";
    }

    private String demonitor(String name, boolean flush, boolean info) {
        var monitor =
                monitors.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(name))
                        .map(Map.Entry::getKey)
                        .findFirst();
        if (monitor.isEmpty()) {
            return "error badarg";
        }
        if (flush) {
            mail.flushDown(monitor.get());
        }
        boolean wasActive =
                flush ? context.demonitorAndFlush(monitor.get()) : context.demonitor(monitor.get());
        return wasActive || !info ? "true" : "false";
    }

    /** Traps exits from now on, or does not; says whether it did before. */
    boolean trap(boolean on) {
        traps = on;
        return on ? context.trapExits(Message.Exit::new) : context.stopTrappingExits();
    }

    private String exit(Pid target, String reason) {
        if (reason.equals("kill")) {
            context.kill(target);
        } else {
            context.exit(target, Reasons.parse(reason));
        }
        return "ok";
    }

    private String send(Target target, String text, Map<String, ActorRef<?>> known) {
        Optional<ActorRef<?>> receiver =
                switch (target) {
                    case Target.ByProcess process -> Optional.of(find(process, known));
                    case Target.ByName(var name) ->
                            run.node().registry().lookup(Name.of(name)).map(found -> found);
                };
        receiver.ifPresent(process -> send(process, text));
        return receiver.isPresent() ? "ok" : "error badarg";
    }

    // A supervisor takes no notice of a text, in Erlang; here it does not even understand it.
    @SuppressWarnings("unchecked") // whoever is no supervisor is a test actor
    private void send(ActorRef<?> receiver, String text) {
        if (run.recorder().supervisor(receiver.pid()).isEmpty()) {
            var actor = (ActorRef<Message>) receiver;
            actor.send(new Message.Text(context.self().pid(), text));
        }
    }
}
