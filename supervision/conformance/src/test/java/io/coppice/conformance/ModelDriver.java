package io.coppice.conformance;

import io.coppice.testkit.model.World;
import io.coppice.testkit.model.supervisor.Request.Stop;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Entry;
import io.coppice.testkit.script.Outcome.Got;
import io.coppice.testkit.script.Outcome.Told;
import io.coppice.testkit.script.Script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Executes scenarios on the testkit's model, each step in one of the orders in which things may
 * happen.
 */
final class ModelDriver {

    private static final String ROOT = "root";

    /** Registers names, which in a scenario no process does. */
    private static final String CLERK = "";

    /** Those who ask supervisors for something. */
    private static final String CALLER = "caller ";

    /** How long nothing must happen until nothing is expected to, as in the oracle. */
    private static final long PATIENCE_MILLIS = 400;

    private final ModelOrder order;
    private final ModelCast cast = new ModelCast();
    private final ModelTrace trace =
            new ModelTrace(who -> who.equals(CLERK) || who.startsWith(CALLER));
    private final Map<String, List<Act>> inits = new LinkedHashMap<>();
    private final List<ModelBatch> batches = new ArrayList<>();
    private final Map<Integer, Supplier<Optional<String>>> pending = new LinkedHashMap<>();
    private EventOrder eventOrder = EventOrder.GLOBAL;
    private World world = World.of(Set.of(ROOT, CLERK));
    private int pendingSoFar;
    private int callsSoFar;

    private ModelDriver(ModelOrder order) {
        this.order = order;
        cue(Map.of(ROOT, List.of(new Act.Trap(true))));
        settle();
        trace.begin(world);
    }

    /**
     * The trace of {@code scenario}.
     *
     * @param order in which things happen
     */
    static String trace(Scenario scenario, ModelOrder order) {
        var driver = new ModelDriver(order);
        return scenario.steps().stream().map(driver::execute).collect(Collectors.joining())
                + "END\n";
    }

    private String execute(Scenario.Step step) {
        var text = new StringBuilder("> " + step.text() + "\n");
        if (step.command() instanceof Command.Definition definition) {
            define(definition);
        } else {
            var result = start(step.command());
            settle();
            text.append("= ").append(result.get().orElseGet(() -> pend(result))).append('\n');
        }
        return text + answered() + trace.print(world, eventOrder, cast);
    }

    private String pend(Supplier<Optional<String>> result) {
        pending.put(++pendingSoFar, result);
        return "pending " + pendingSoFar;
    }

    private String answered() {
        var lines = new StringBuilder();
        Map.copyOf(pending).keySet().stream()
                .sorted()
                .forEach(
                        number ->
                                pending.get(number)
                                        .get()
                                        .ifPresent(
                                                result -> {
                                                    pending.remove(number);
                                                    lines.append("~" + number + " = ");
                                                    lines.append(result).append('\n');
                                                }));
        return lines.toString();
    }

    // Commands

    private void define(Command.Definition definition) {
        switch (definition) {
            case Command.SetOrder(var wanted) -> eventOrder = wanted;
            case Command.DefineChild(var supervisor, var id, var attributes) ->
                    cast.defineChild(supervisor, id, attributes);
            case Command.DefineSupervisor(var name, var attributes) -> {
                cast.define(name, attributes);
                boolean isDynamic = attributes.get("strategy", "").equals("simple_one_for_one");
                if (isDynamic && eventOrder == EventOrder.GLOBAL) {
                    eventOrder = EventOrder.GROUPED;
                }
            }
        }
    }

    /** Begins to execute {@code command}; what is returned knows its result when there is one. */
    private Supplier<Optional<String>> start(Command command) {
        return switch (command) {
            case Command.Act(var actor, var actions) -> act(actor, actions);
            case Command.Register(var name, var process) ->
                    process(process)
                            .map(found -> clerk(new Act.Register(name, found)))
                            .orElse(now("unknown"));
            case Command.Unregister(var name) -> clerk(new Act.Unregister(name));
            case Command.WhereIs(var name) -> clerk(new Act.WhereIs(name));
            case Command.IsAlive(var process) ->
                    now(process(process).map(found -> "" + world.lives(found)).orElse("unknown"));
            case Command.Sleep(var millis) -> sleep(millis);
            case Command.Release(var id) -> {
                process(id).ifPresent(found -> world = world.releasing(found));
                yield now("ok");
            }
            case Command.Ask(var supervisor, var request) -> ask(supervisor, request);
            case Command.Definition definition -> throw new IllegalStateException("no command");
        };
    }

    private static Supplier<Optional<String>> now(String result) {
        return () -> Optional.of(result);
    }

    private Optional<String> process(String name) {
        return trace.process(world, name);
    }

    private Supplier<Optional<String>> clerk(Act act) {
        cue(Map.of(CLERK, List.of(act)));
        return () ->
                world.logOf(CLERK).getLast() instanceof Did(var done, var result)
                        ? Optional.of(ModelBatch.error(result))
                        : Optional.empty();
    }

    private Supplier<Optional<String>> sleep(long millis) {
        long end = world.millis() + millis;
        while (world.nextAlarm().filter(next -> world.millis() + next <= end).isPresent()) {
            step();
        }
        world = world.later(end - world.millis());
        return now("ok");
    }

    // Acting processes

    private Supplier<Optional<String>> act(String name, List<Action> actions) {
        var spawned =
                actions.stream()
                        .filter(Action.Spawn.class::isInstance)
                        .map(spawn -> ((Action.Spawn) spawn).name())
                        .collect(Collectors.toSet());
        var actor = process(name);
        boolean allExist =
                actor.isPresent()
                        && actions.stream()
                                .flatMap(action -> action.names().stream())
                                .allMatch(it -> process(it).isPresent() || spawned.contains(it));
        if (!allExist) {
            return now("unknown");
        }
        return world.lives(actor.get()) ? perform(actor.get(), actions) : now("dead");
    }

    private Supplier<Optional<String>> perform(String actor, List<Action> actions) {
        var lines =
                actions.stream()
                        .map(action -> new ModelBatch.Line(action, acts(action).toList()))
                        .toList();
        var batch = new ModelBatch(batches.size(), actor, lines);
        batches.add(batch);
        actions.forEach(
                action -> {
                    if (action instanceof Action.Spawn spawn) {
                        inits.put(spawn.name(), init(spawn));
                    }
                });
        world = cast.enter(world);
        cue(Map.of(actor, batch.acts()));
        return batch::result;
    }

    private String resolved(String name) {
        return process(name).orElse(name);
    }

    private Stream<Act> acts(Action action) {
        return switch (action) {
            case Action.Spawn(var name, var link, var monitor, var trap, var ending) ->
                    Stream.of(new Act.Spawn(name, link, monitor.orElse("")));
            case Action.Link(var peer) -> Stream.of(new Act.Link(resolved(peer.name())));
            case Action.Unlink(var peer, var flush) ->
                    Stream.of(new Act.Unlink(resolved(peer.name()), flush));
            case Action.Monitor(Action.Target.ByProcess(var name), var as) ->
                    Stream.of(new Act.Monitor(resolved(name), as));
            case Action.Monitor(Action.Target.ByName(var name), var as) ->
                    Stream.of(new Act.MonitorName(name, as));
            case Action.Demonitor(var monitor, var flush, var info) ->
                    Stream.of(new Act.Demonitor(monitor, flush));
            case Action.Trap(var on) -> Stream.of(new Act.Trap(on));
            case Action.Exit(var target, var reason, var toItself) ->
                    Stream.of(exit(resolved(target.name()), reason));
            case Action.Stop(var reason) -> Stream.of(new Act.Stop(Reasons.parse(reason)));
            case Action.Crash(var name) -> Stream.of(new Act.Crash(name));
            case Action.Send(Action.Target.ByProcess(var name), var text) ->
                    Stream.of(new Act.Send(resolved(name), text));
            case Action.Send(Action.Target.ByName(var name), var text) ->
                    Stream.of(new Act.SendName(name, text));
            case Action.Hold hold -> Stream.of();
            case Action.Resume resume -> Stream.of();
            case Action.Start(var supervisor) -> {
                cast.requireStartable(supervisor);
                yield Stream.of(new Act.StartLinked(supervisor));
            }
        };
    }

    private static Act exit(String target, String reason) {
        return reason.equals("kill")
                ? new Act.Kill(target)
                : new Act.Exit(target, Reasons.parse(reason));
    }

    private static List<Act> init(Action.Spawn spawn) {
        var init = new ArrayList<Act>();
        if (spawn.trap()) {
            init.add(new Act.Trap(true));
        }
        switch (spawn.ending()) {
            case Action.Ending.Die(var reason) -> init.add(new Act.Stop(Reasons.parse(reason)));
            case Action.Ending.Crash(var name) -> init.add(new Act.Crash(name));
            case Action.Ending.None none -> {}
        }
        return init;
    }

    // Supervisors

    private Supplier<Optional<String>> ask(String name, Request request) {
        if (request instanceof Request.StartChild(var id, var attributes)) {
            cast.defineStarted(process(name).map(ModelTrace::id).orElse(name), id, attributes);
        }
        var supervisor = process(name);
        boolean isAboutNobody =
                request instanceof Request.TerminateProcess(var child) && process(child).isEmpty();
        if (supervisor.isEmpty() || isAboutNobody) {
            return now("unknown");
        }
        var caller = CALLER + ++callsSoFar;
        var question = question(request);
        world = cast.enter(world).asking(caller, supervisor.get(), question);
        return () -> answer(world.logOf(caller), question);
    }

    private io.coppice.testkit.model.supervisor.Request question(Request request) {
        return switch (request) {
            case Request.StartChild(var id, var attributes) ->
                    new io.coppice.testkit.model.supervisor.Request.StartChild(id, cast.words(id));
            case Request.TerminateChild(var id) ->
                    new io.coppice.testkit.model.supervisor.Request.TerminateChild(id);
            case Request.TerminateProcess(var process) ->
                    new io.coppice.testkit.model.supervisor.Request.TerminateProcess(
                            resolved(process));
            case Request.RestartChild(var id) ->
                    new io.coppice.testkit.model.supervisor.Request.RestartChild(id);
            case Request.DeleteChild(var id) ->
                    new io.coppice.testkit.model.supervisor.Request.DeleteChild(id);
            case Request.WhichChildren() ->
                    new io.coppice.testkit.model.supervisor.Request.WhichChildren();
            case Request.CountChildren() ->
                    new io.coppice.testkit.model.supervisor.Request.CountChildren();
            case Request.GetChildSpec(var id) ->
                    new io.coppice.testkit.model.supervisor.Request.GetChildSpec(id);
            case Request.Stop(var reason) -> new Stop(Reasons.parse(reason));
        };
    }

    /** The answer, or the end of the supervisor before it came; that alone is what a stop wants. */
    private static Optional<String> answer(
            List<Entry> log, io.coppice.testkit.model.supervisor.Request question) {
        boolean isServed = !log.isEmpty() && log.getFirst() instanceof Got;
        if (isServed && !(question instanceof Stop)) {
            return Optional.of(((Got) log.getFirst()).text());
        }
        return log.stream()
                .filter(Told.class::isInstance)
                .map(told -> ((Told) told).reason())
                .map(
                        reason ->
                                isServed
                                                && question instanceof Stop(var wanted)
                                                && wanted.equals(reason)
                                        ? "ok"
                                        : "error " + Reasons.text(reason))
                .findFirst();
    }

    // The model

    private void cue(Map<String, List<Act>> acts) {
        var all = new LinkedHashMap<>(acts);
        inits.forEach(
                (spawned, init) -> {
                    if (world.outcome().of(spawned).isEmpty()) {
                        all.put(spawned, init);
                    }
                });
        world = world.then(new Script.Phase(all));
    }

    /** Lets happen what can happen, until nothing has for so long that nothing will. */
    private void settle() {
        long patience = cast.longestWaitMillis() + PATIENCE_MILLIS;
        long last = world.millis();
        int events = world.events().size();
        while (canGoOn(last + patience)) {
            step();
            if (world.events().size() > events) {
                events = world.events().size();
                last = world.millis();
            }
        }
    }

    private boolean canGoOn(long end) {
        var choices = world.choices();
        if (choices.isEmpty()) {
            return false;
        }
        return !(choices.getFirst() instanceof World.Rings)
                || world.millis() + world.nextAlarm().orElseThrow() <= end;
    }

    private void step() {
        world = world.step(order.next(world, world.choices()));
        for (var batch : batches) {
            world = batch.look(world);
        }
    }
}
