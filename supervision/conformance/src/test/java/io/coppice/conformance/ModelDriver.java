package io.coppice.conformance;

import io.coppice.process.ExitReason;
import io.coppice.testkit.model.World;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Ended;
import io.coppice.testkit.script.Outcome.Entry;
import io.coppice.testkit.script.Outcome.Lives;
import io.coppice.testkit.script.Script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Executes scenarios without supervisors on the testkit's model, each step in one of the orders in
 * which things may happen.
 */
final class ModelDriver {

    private static final String ROOT = "root";

    /** Registers names, which in a scenario no process does. */
    private static final String CLERK = "";

    /** The last thing that an acting process does: whoever has done it has answered. */
    private static final Act ANSWER = new Act.WhereIs("answer");

    private final Order order;
    private final Set<String> holding = new HashSet<>();
    private final Map<String, Integer> read = new HashMap<>();
    private World world = World.of(Set.of(ROOT, CLERK));
    private Map<String, String> printed;

    /** Chooses what happens next. */
    interface Order {

        World.Choice next(World world, List<World.Choice> choices);

        /** Any order, drawn with {@code seed}. */
        static Order drawn(long seed) {
            var random = new Random(seed);
            return (world, choices) -> choices.get(random.nextInt(choices.size()));
        }

        /**
         * That of an Erlang with one scheduler: a signal arrives at once, but at a process that is
         * acting only when it has acted.
         */
        static Order prompt() {
            return (world, choices) ->
                    choices.stream().min(Comparator.comparing(next -> rank(world, next))).get();
        }

        private static int rank(World world, World.Choice choice) {
            return switch (choice) {
                case World.Arrives arrives when !world.isActing(arrives.to()) -> 0;
                case World.Runs(var who) when world.isActing(who) -> 1;
                case World.BecomesKnown known -> 2;
                case World.Expires expires -> 5;
                case World.Arrives arrives -> 3;
                case World.Runs runs -> 4;
            };
        }
    }

    private ModelDriver(Order order) {
        this.order = order;
        play(Map.of(ROOT, List.of(new Act.Trap(true))));
        news();
        printed = states();
    }

    /**
     * The trace of {@code scenario}.
     *
     * @param order in which things happen
     */
    static String trace(Scenario scenario, Order order) {
        var driver = new ModelDriver(order);
        return scenario.steps().stream().map(driver::execute).collect(Collectors.joining())
                + "END\n";
    }

    /** Whether the model can execute {@code scenario}. */
    static boolean canExecute(Scenario scenario) {
        return scenario.steps().stream().map(Scenario.Step::command).allMatch(ModelDriver::isOurs);
    }

    private static boolean isOurs(Command command) {
        return switch (command) {
            case Command.Act(var actor, var actions) ->
                    actions.stream().noneMatch(Action.Start.class::isInstance);
            case Command.Register r -> true;
            case Command.Unregister u -> true;
            case Command.WhereIs w -> true;
            case Command.IsAlive a -> true;
            case Command.Sleep s -> true;
            default -> false;
        };
    }

    private String execute(Scenario.Step step) {
        return "> " + step.text() + "\n= " + result(step.command()) + "\n" + observed();
    }

    private String result(Command command) {
        return switch (command) {
            case Command.Act(var actor, var actions) -> act(actor, actions);
            case Command.Register(var name, var process) ->
                    exists(process) ? clerk(new Act.Register(name, process)) : "unknown";
            case Command.Unregister(var name) -> clerk(new Act.Unregister(name));
            case Command.WhereIs(var name) -> clerk(new Act.WhereIs(name));
            case Command.IsAlive(var process) ->
                    exists(process) ? String.valueOf(lives(process)) : "unknown";
            case Command.Sleep sleep -> "ok";
            default -> throw new IllegalArgumentException("not for the model: " + command);
        };
    }

    private String clerk(Act act) {
        play(Map.of(CLERK, List.of(act)));
        var log = log(CLERK);
        return log.getLast() instanceof Did(var done, var result) ? error(result) : "?";
    }

    private static String error(String result) {
        return result.equals("badarg") || result.equals("noproc") ? "error " + result : result;
    }

    // Acting processes

    private String act(String actor, List<Action> actions) {
        var spawned =
                actions.stream()
                        .filter(Action.Spawn.class::isInstance)
                        .map(spawn -> ((Action.Spawn) spawn).name())
                        .collect(Collectors.toSet());
        boolean allExist =
                exists(actor)
                        && actions.stream()
                                .flatMap(action -> action.names().stream())
                                .allMatch(name -> exists(name) || spawned.contains(name));
        if (!allExist) {
            return "unknown";
        }
        return lives(actor) ? perform(actor, actions) : "dead";
    }

    private String perform(String actor, List<Action> actions) {
        var acts = new LinkedHashMap<String, List<Act>>();
        var own = actions.stream().flatMap(action -> acts(actor, action));
        acts.put(actor, Stream.concat(own, Stream.of(ANSWER)).toList());
        actions.forEach(
                action -> {
                    if (action instanceof Action.Spawn spawn) {
                        acts.put(spawn.name(), init(spawn));
                    }
                });
        int before = log(actor).size();
        var seen = play(acts, actor);
        var done = seen.stream().skip(before).filter(Did.class::isInstance).toList();
        boolean hasAnswered = done.stream().anyMatch(entry -> isResultOf(entry, ANSWER));
        var results = new ArrayList<>(done);
        return actions.stream()
                .map(action -> resultOf(actor, action, hasAnswered, results))
                .collect(Collectors.joining(", "));
    }

    private static boolean isResultOf(Entry entry, Act act) {
        return entry instanceof Did(var done, var result) && done.equals(act);
    }

    private Stream<Act> acts(String actor, Action action) {
        return switch (action) {
            case Action.Spawn(var name, var link, var monitor, var trap, var ending) ->
                    Stream.of(new Act.Spawn(name, link, monitor.orElse("")));
            case Action.Link(var peer) -> Stream.of(new Act.Link(peer.name()));
            case Action.Unlink(var peer, var flush) ->
                    Stream.of(new Act.Unlink(peer.name(), flush));
            case Action.Monitor(Action.Target.ByProcess(var name), var as) ->
                    Stream.of(new Act.Monitor(name, as));
            case Action.Monitor(Action.Target.ByName(var name), var as) ->
                    Stream.of(new Act.MonitorName(name, as));
            case Action.Demonitor(var monitor, var flush, var info) ->
                    Stream.of(new Act.Demonitor(monitor, flush));
            case Action.Trap(var on) -> Stream.of(new Act.Trap(on));
            case Action.Exit(var target, var reason, var toItself) -> {
                boolean kills = reason.equals("kill");
                yield Stream.of(
                        kills
                                ? new Act.Kill(target.name())
                                : new Act.Exit(target.name(), Reasons.parse(reason)));
            }
            case Action.Stop(var reason) -> Stream.of(new Act.Stop(Reasons.parse(reason)));
            case Action.Crash(var name) -> Stream.of(new Act.Crash(name));
            case Action.Send(Action.Target.ByProcess(var name), var text) ->
                    Stream.of(new Act.Send(name, text));
            case Action.Send(Action.Target.ByName(var name), var text) ->
                    Stream.of(new Act.SendName(name, text));
            case Action.Hold() -> {
                hold(actor, true);
                yield Stream.of();
            }
            case Action.Resume() -> {
                hold(actor, false);
                yield Stream.of();
            }
            case Action.Start start -> throw new IllegalArgumentException("a supervisor: " + start);
        };
    }

    private void hold(String actor, boolean on) {
        world = world.holding(actor, on);
        if (on) {
            holding.add(actor);
        } else {
            holding.remove(actor);
        }
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

    /** Takes the result of {@code action} from the front of {@code results}. */
    private String resultOf(String actor, Action action, boolean hasAnswered, List<Entry> results) {
        boolean isAlwaysOk =
                action instanceof Action.Spawn
                        || (action instanceof Action.Exit exit
                                && !exit.target().name().equals(actor))
                        || (action instanceof Action.Send send
                                && send.target() instanceof Action.Target.ByProcess);
        if (isAlwaysOk) {
            return "ok";
        }
        if (!hasAnswered) {
            return "exited";
        }
        boolean hasResult =
                acts(actor, action).anyMatch(act -> isResultOf(results.getFirst(), act));
        if (!hasResult) {
            return "ok";
        }
        var result = ((Did) results.removeFirst()).result();
        if (result.equals(Did.LEFT_OUT)) {
            return "error badarg";
        }
        return action instanceof Action.Demonitor(var m, var f, var info) && !info
                ? "true"
                : error(result);
    }

    // The model

    private void play(Map<String, List<Act>> acts) {
        play(acts, CLERK);
    }

    /** What {@code witness} has seen when it is over, or when it died. */
    private List<Entry> play(Map<String, List<Act>> acts, String witness) {
        world = world.then(new Script.Phase(acts));
        var seen = log(witness);
        while (!world.isQuiet()) {
            world = world.step(order.next(world, world.choices()));
            seen = lives(witness) ? log(witness) : seen;
        }
        return seen;
    }

    private Outcome outcome() {
        return world.outcome();
    }

    private boolean exists(String who) {
        return outcome().of(who).isPresent();
    }

    private boolean lives(String who) {
        return outcome().lives(who);
    }

    private List<Entry> log(String who) {
        return outcome().logOf(who);
    }

    // What is printed

    private String observed() {
        var now = states();
        var news = news();
        var lines = new ArrayList<String>();
        now.forEach(
                (who, state) -> {
                    if (!state.equals(printed.get(who))) {
                        lines.add(who + ": " + state);
                    }
                    news.getOrDefault(who, List.of())
                            .forEach(line -> lines.add(who + " <- " + line));
                });
        printed = now;
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private Map<String, String> states() {
        var states = new TreeMap<String, String>();
        outcome()
                .fates()
                .forEach(
                        (who, fate) -> {
                            if (!who.equals(CLERK)) {
                                states.put(who, state(who, fate));
                            }
                        });
        return states;
    }

    private String state(String who, Outcome.Fate fate) {
        return switch (fate) {
            case Ended(var reason) -> "dead " + reason.map(ModelDriver::text).orElse("?");
            case Lives lives ->
                    "alive"
                            + (lives.traps() ? " trap" : "")
                            + list(" links=", lives.links().stream())
                            + list(" monitors=", lives.monitors().stream())
                            + list(" names=", lives.name().stream())
                            + (holding.contains(who) && world.waiting(who) > 0
                                    ? " queued=" + world.waiting(who)
                                    : "");
        };
    }

    private static String list(String key, Stream<String> names) {
        var joined = names.sorted().collect(Collectors.joining(","));
        return joined.isEmpty() ? "" : key + "[" + joined + "]";
    }

    private static String text(ExitReason reason) {
        return io.coppice.testkit.script.Reasons.text(reason);
    }

    private record Line(String sender, boolean isDown, String monitor, String text) {
        static final Comparator<Line> BY_SENDER =
                Comparator.comparing(Line::sender)
                        .thenComparing(Line::isDown)
                        .thenComparing(Line::monitor);
    }

    /** What the living have seen since the last time. */
    private Map<String, List<String>> news() {
        var news = new HashMap<String, List<String>>();
        for (var who : outcome().fates().keySet()) {
            var log = log(who);
            news.put(
                    who,
                    IntStream.range(read.getOrDefault(who, 0), log.size())
                            .mapToObj(log::get)
                            .flatMap(entry -> line(entry).stream())
                            .sorted(Line.BY_SENDER)
                            .map(Line::text)
                            .toList());
            read.put(who, log.size());
        }
        return news;
    }

    private static Optional<Line> line(Entry entry) {
        return switch (entry) {
            case Outcome.Heard(var from, var reason) ->
                    Optional.of(new Line(from, false, "", entry.toString()));
            case Outcome.Got(var from, var text) ->
                    Optional.of(new Line(from, false, "", entry.toString()));
            case Outcome.Told(var monitor, var what, var reason) ->
                    Optional.of(new Line(what, true, monitor, entry.toString()));
            case Did did -> Optional.empty();
        };
    }
}
