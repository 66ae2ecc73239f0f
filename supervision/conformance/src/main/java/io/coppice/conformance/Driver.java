package io.coppice.conformance;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.NodeOptions;
import io.coppice.actor.Registry;
import io.coppice.conformance.Scenario.Step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Executes the steps of one scenario, on a node of its own. */
final class Driver implements AutoCloseable {

    private final String file;
    private final Node node = Node.start(NodeOptions.defaults().withWorkers(1));
    private final Recorder recorder = new Recorder(node);
    private final Definitions definitions = new Definitions();
    private final Run run = new Run(node, recorder, definitions);
    private final SupervisorCalls calls = new SupervisorCalls(run);
    private final Quiescence quiescence = new Quiescence(node, recorder::happenings);
    private final Observation observation = new Observation(recorder, new States(node, recorder));
    private final Map<Integer, Ticket> pending = new LinkedHashMap<>();
    private int pendingSoFar;
    private EventOrder order = EventOrder.GLOBAL;

    /**
     * Starts the node and the process {@code root}.
     *
     * @param file the name of the scenario, for messages
     */
    Driver(String file) {
        this.file = file;
        recorder.named(node.spawn(TestActor.root(run), Run.options("root")), "root");
        quiescence.await(definitions.longestWaitMillis());
        observation.begin();
    }

    /** Runs a whole scenario and returns its trace. */
    static String trace(Scenario scenario) {
        var trace = new StringBuilder();
        try (var driver = new Driver(scenario.file())) {
            scenario.steps().forEach(step -> trace.append(driver.execute(step)));
        }
        return trace.append("END\n").toString();
    }

    /**
     * Executes one step.
     *
     * @return its part of the trace
     * @throws ScenarioError if it makes no sense after the steps before it
     */
    String execute(Step step) {
        try {
            var trace = new StringBuilder("> ").append(step.text()).append('\n');
            if (step.command() instanceof Command.Definition definition) {
                define(definition);
            } else {
                var ticket = execute(step.command());
                quiescence.await(definitions.longestWaitMillis());
                trace.append("= ").append(resultOf(ticket)).append('\n');
            }
            answered().forEach(trace::append);
            return trace.append(observation.print(order)).toString();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ScenarioError(file, step.line(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        node.close();
    }

    // Results

    private String resultOf(Ticket ticket) {
        return ticket.result()
                .orElseGet(
                        () -> {
                            pending.put(++pendingSoFar, ticket);
                            return "pending " + pendingSoFar;
                        });
    }

    private List<String> answered() {
        var lines = new ArrayList<String>();
        var open = new LinkedHashMap<>(pending);
        open.forEach(
                (number, ticket) ->
                        ticket.result()
                                .ifPresent(
                                        result -> {
                                            pending.remove(number);
                                            lines.add("~" + number + " = " + result + "\n");
                                        }));
        return lines;
    }

    // Commands

    private void define(Command.Definition definition) {
        switch (definition) {
            case Command.SetOrder(var wanted) -> order = wanted;
            case Command.DefineChild(var supervisor, var id, var attributes) ->
                    definitions.defineChild(supervisor, id, attributes);
            case Command.DefineSupervisor(var name, var attributes) -> {
                definitions.define(name, attributes);
                if (order == EventOrder.GLOBAL && definitions.supervisor(name).isDynamic()) {
                    order = EventOrder.GROUPED;
                }
            }
        }
    }

    private Ticket execute(Command command) {
        return switch (command) {
            case Command.Definition definition -> throw new IllegalStateException("no command");
            case Command.Sleep(var millis) -> sleep(millis);
            case Command.Register(var name, var process) ->
                    withProcess(process, found -> register(name, found));
            case Command.Unregister(var name) ->
                    okOrBadArgument(() -> node.registry().unregister(Name.of(name)));
            case Command.WhereIs(var name) -> now(whereIs(name));
            case Command.IsAlive(var process) ->
                    withProcess(process, found -> now("" + node.isAlive(found.pid())));
            case Command.Release(var id) -> release(id);
            case Command.Ask(var supervisor, var request) -> ask(supervisor, request);
            case Command.Act act -> act(act);
        };
    }

    private static Ticket now(String result) {
        return new Ticket.Now(result);
    }

    private Ticket withProcess(String name, Function<ActorRef<?>, Ticket> use) {
        return recorder.process(name).map(use).orElseGet(() -> now("unknown"));
    }

    private Ticket sleep(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return now("ok");
    }

    private Ticket register(String name, ActorRef<?> process) {
        return okOrBadArgument(() -> register(node.registry(), name, process));
    }

    private static <M> void register(Registry registry, String name, ActorRef<M> process) {
        registry.register(Name.of(name), process);
    }

    private static Ticket okOrBadArgument(Runnable attempt) {
        try {
            attempt.run();
            return now("ok");
        } catch (IllegalArgumentException e) {
            return now("error badarg");
        }
    }

    private String whereIs(String name) {
        return node.registry()
                .lookup(Name.of(name))
                .map(found -> recorder.name(found.pid()))
                .orElse("undefined");
    }

    private Ticket release(String id) {
        recorder.released(id).ifPresent(actor -> actor.send(new TestActor.Message.Released()));
        return now("ok");
    }

    // Acting processes

    private Ticket act(Command.Act act) {
        var known = new HashMap<String, ActorRef<?>>();
        var spawned = new HashSet<String>();
        for (var action : act.actions()) {
            action.names()
                    .ifPresent(name -> recorder.process(name).ifPresent(p -> known.put(name, p)));
            if (action instanceof Action.Spawn spawn) {
                spawned.add(spawn.name());
            }
        }
        boolean allExist =
                act.actions().stream()
                        .flatMap(action -> action.names().stream())
                        .allMatch(name -> known.containsKey(name) || spawned.contains(name));
        return allExist
                ? withProcess(act.actor(), actor -> act(act, actor, known))
                : now("unknown");
    }

    @SuppressWarnings("unchecked") // supervisors never act
    private Ticket act(Command.Act act, ActorRef<?> actor, Map<String, ActorRef<?>> known) {
        if (recorder.supervisor(actor.pid()).isPresent()) {
            throw new IllegalArgumentException("a supervisor cannot act: " + act.actor());
        }
        if (!node.isAlive(actor.pid())) {
            return now("dead");
        }
        act.actions().forEach(this::requireDefined);
        var alwaysOk =
                act.actions().stream().map(action -> isAlwaysOk(action, actor, known)).toList();
        var ticket = new Ticket.OfActions(node, actor.pid(), alwaysOk);
        var batch = new Batch(act.actions(), known, ticket);
        ((ActorRef<TestActor.Message>) actor).send(new TestActor.Message.Execute(batch));
        return ticket;
    }

    private void requireDefined(Action action) {
        if (action instanceof Action.Start(var supervisor)) {
            definitions.requireStartable(supervisor);
        }
    }

    private static boolean isAlwaysOk(
            Action action, ActorRef<?> actor, Map<String, ActorRef<?>> known) {
        return switch (action) {
            case Action.Spawn spawn -> true;
            case Action.Send(var target, var text) -> target instanceof Action.Target.ByProcess;
            case Action.Exit(var target, var reason, var toItself) ->
                    !toItself && !isSame(actor, Optional.ofNullable(known.get(target.name())));
            default -> false;
        };
    }

    private static boolean isSame(ActorRef<?> actor, Optional<ActorRef<?>> other) {
        return other.map(ActorRef::pid).equals(Optional.of(actor.pid()));
    }

    // Supervisors

    private Ticket ask(String name, Request request) {
        if (request instanceof Request.StartChild(var id, var attributes)) {
            definitions.defineStarted(definitionOf(name), id, attributes);
        }
        if (request instanceof Request.TerminateProcess(var child)
                && recorder.process(child).isEmpty()) {
            return now("unknown");
        }
        return withProcess(name, process -> ask(name, process, request));
    }

    private Ticket ask(String name, ActorRef<?> process, Request request) {
        var kind =
                recorder.supervisor(process.pid())
                        .orElseThrow(
                                () -> new IllegalArgumentException("not a supervisor: " + name));
        var ticket = new Ticket.OfRequest();
        calls.ask(process, kind, request, ticket);
        return ticket;
    }

    /** A dynamic child that is a supervisor is called otherwise than its definition. */
    private String definitionOf(String name) {
        return recorder.process(name)
                .flatMap(process -> recorder.supervisor(process.pid()))
                .map(Definitions.Kind::definition)
                .orElse(name);
    }
}
