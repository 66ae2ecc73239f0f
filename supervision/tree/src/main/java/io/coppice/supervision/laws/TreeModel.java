package io.coppice.supervision.laws;

import io.coppice.actor.ActorFactory;
import io.coppice.process.ExitReason;
import io.coppice.supervision.ChildSpec;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.laws.TreeScript.Move;
import io.coppice.testkit.model.Event;
import io.coppice.testkit.model.Model;
import io.coppice.testkit.model.World;
import io.coppice.testkit.model.supervisor.Definition;
import io.coppice.testkit.model.supervisor.Definition.Written;
import io.coppice.testkit.model.supervisor.Init;
import io.coppice.testkit.model.supervisor.OnShutdown;
import io.coppice.testkit.model.supervisor.Request;
import io.coppice.testkit.model.supervisor.Role;
import io.coppice.testkit.model.supervisor.Words;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Got;
import io.coppice.testkit.script.Script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The testkit's model of a supervisor, which is held to OTP itself, in the words of {@link
 * TreeTrace}. Children obey at once, and things happen in any order in which they may. For one
 * thread.
 */
public final class TreeModel {

    private static final String ROOT = "root";
    private static final String TOP = "top";
    private static final String SUPERVISOR = "top#1";
    private static final String FAILED = "failed_to_start_child:";

    /** So many worlds are looked at. */
    private static final int LIMIT = 20_000;

    /** Prime, so that it meets all places. */
    private static final int STRIDE = 7919;

    /** More starts of one child than any script can bring about. */
    private static final int ATTEMPTS = 400;

    private final List<String> trace = new ArrayList<>();
    private boolean isOver;

    private final Function<String, Init> inits;
    private final Map<String, String> latest = new HashMap<>();
    private int steps;
    private World world = World.of(Set.of(ROOT));
    private int events;
    private int calls;

    /**
     * @param tree has workers only
     * @param inits what each attempt to start a child does, by its name: {@code a#1} is the first
     *     attempt of {@code a}
     */
    public TreeModel(Supervisor tree, Function<String, Init> inits) {
        this.inits = inits;
        tree.children().forEach(child -> cast(child.id()));
        var children =
                tree.children().stream()
                        .map(child -> new Written(child.id(), words(child)))
                        .toList();
        List<Init> ok = List.of(new Init.Ok(Optional.empty()));
        var top = new Role.OfSupervisor(ok, new Definition(flags(tree), children));
        world = world.withRole(TOP, top);
    }

    /** The model of the tree of {@code script}; nothing of it has happened yet. */
    static TreeModel of(TreeScript script) {
        ActorFactory<Object> unused =
                context -> {
                    throw new IllegalStateException("the model starts no process of yours");
                };
        return new TreeModel(script.tree(id -> unused), attempt -> init(script, attempt));
    }

    private static Init init(TreeScript script, String attempt) {
        var parts = attempt.split("#", 2);
        return switch (script.child(parts[0]).init(Integer.parseInt(parts[1]))) {
            case OK -> new Init.Ok(Optional.empty());
            case IGNORE -> new Init.Ignore();
            case FAIL -> new Init.Fail(TreePlayer.FAILURE);
        };
    }

    /** All that happens in {@code script}, one move after the other. */
    static List<String> trace(TreeScript script) {
        var model = of(script);
        model.start();
        for (var move : script.moves()) {
            if (!model.isOver) {
                model.play(move);
            }
        }
        return model.trace();
    }

    private void play(Move move) {
        switch (move) {
            case Move.End(var id, var reason) -> exit(id, reason);
            case Move.Terminate(var id) -> terminateChild(id);
            case Move.Restart(var id) -> restartChild(id);
            case Move.Delete(var id) -> deleteChild(id);
            case Move.Sleep(long seconds) -> sleep(seconds);
        }
    }

    /**
     * All that may happen after the start if the moves of {@code script}, ends of children, come at
     * once.
     *
     * @return empty if the start fails, or if it is too much to look at
     */
    static Optional<Set<List<String>>> atOnce(TreeScript script) {
        var model = of(script);
        model.start();
        return model.isOver ? Optional.empty() : model.atOnce(script.moves());
    }

    private static Words flags(Supervisor tree) {
        return new Words(
                Map.of(
                        "strategy",
                        word(tree.strategy()),
                        "intensity",
                        "" + tree.intensity(),
                        "period",
                        "" + tree.period().toSeconds(),
                        "auto_shutdown",
                        word(tree.autoShutdown())));
    }

    private static Words words(ChildSpec<?> child) {
        return new Words(
                Map.of(
                        "restart",
                        word(child.restart()),
                        "significant",
                        "" + child.isSignificant()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void cast(String id) {
        var attempts =
                IntStream.rangeClosed(1, ATTEMPTS)
                        .mapToObj(number -> inits.apply(id + "#" + number));
        world = world.withRole(id, new Role.OfWorker(attempts.toList(), new OnShutdown.Die()));
    }

    // What happens to it

    /** Starts the supervisor. */
    public void start() {
        act(ROOT, new Act.Trap(true));
        act(ROOT, new Act.StartLinked(TOP));
        if (!isOver) {
            trace.add("started");
        }
    }

    /** A child ends, if it lives. */
    public void exit(String id, ExitReason reason) {
        var child = latest.get(id);
        if (child != null && world.lives(child)) {
            act(child, new Act.Stop(reason));
        }
    }

    private Optional<Set<List<String>>> atOnce(List<Move> ends) {
        var acts = new HashMap<String, List<Act>>();
        for (var move : ends) {
            if (move instanceof Move.End(var id, var reason) && latest.containsKey(id)) {
                acts.put(latest.get(id), List.of(new Act.Stop(reason)));
            }
        }
        var found = new Model(LIMIT).ends(world.then(new Script.Phase(acts)));
        return Optional.of(found)
                .filter(Model.Ends::isComplete)
                .map(all -> all.all().stream().map(this::news).collect(Collectors.toSet()));
    }

    private List<String> news(World end) {
        return end.events().stream().skip(events).map(TreeModel::line).toList();
    }

    /** Time passes. */
    public void sleep(long seconds) {
        world = world.later(1_000 * seconds);
    }

    /** Asks to terminate a child. The answer is {@code ok}, what it tells, or why not. */
    public String terminateChild(String id) {
        return ask(new Request.TerminateChild(id));
    }

    /** Asks to restart a child. The answer is {@code ok}, what it tells, or why not. */
    public String restartChild(String id) {
        return ask(new Request.RestartChild(id));
    }

    /** Asks to delete a child. The answer is {@code ok}, what it tells, or why not. */
    public String deleteChild(String id) {
        return ask(new Request.DeleteChild(id));
    }

    /** Asks to start a child. The answer is {@code ok}, what it tells, or why not. */
    public String startChild(ChildSpec<?> spec) {
        cast(spec.id());
        return ask(new Request.StartChild(spec.id(), words(spec)));
    }

    /** Asks who the children are. The answer is {@code ok}, what it tells, or why not. */
    public String whichChildren() {
        return ask(new Request.WhichChildren()).replace(" ", ", ");
    }

    private String ask(Request request) {
        var caller = "caller " + ++calls;
        world = world.asking(caller, SUPERVISOR, request);
        settle();
        return world.logOf(caller).getFirst() instanceof Got(var from, var text)
                ? inOurWords(text)
                : "no answer";
    }

    private static String inOurWords(String answer) {
        return switch (answer.replaceFirst(":.*", "")) {
            case "error not_found" -> "NotFound";
            case "error running" -> "Running";
            case "error restarting" -> "Restarting";
            case "error already_started" -> "AlreadyStarted";
            case "error already_present" -> "AlreadyPresent";
            case "ok undefined" -> "ok null";
            default -> answer.startsWith("error ") ? "StartFailed" : answer;
        };
    }

    /** What has happened so far. */
    public List<String> trace() {
        return List.copyOf(trace);
    }

    /** Whether the supervisor has ended. */
    public boolean isOver() {
        return isOver;
    }

    // The world

    private void act(String who, Act act) {
        world = world.then(new Script.Phase(Map.of(who, List.of(act))));
        settle();
    }

    private void settle() {
        for (var next = world.choices(); !next.isEmpty(); next = world.choices()) {
            world = world.step(next.get(steps++ * STRIDE % next.size())); // now this, now that
        }
        world.events().stream().skip(events).forEach(this::note);
        events = world.events().size();
    }

    private void note(Event event) {
        var who = event.who();
        boolean isTop = who.equals(SUPERVISOR);
        isOver |= isTop && event.end().isPresent();
        latest.put(who.substring(0, who.indexOf('#')), who);
        if (!isTop || isOver) {
            trace.add(line(event));
        }
    }

    private static String line(Event event) {
        if (event.end().isEmpty()) {
            return "start " + event.who();
        }
        var reason = event.end().get();
        return event.who().equals(SUPERVISOR)
                ? "end " + reason(reason)
                : "exit " + event.who() + " " + reason;
    }

    private static String reason(ExitReason reason) {
        return reason instanceof ExitReason.Shutdown(String detail) && detail.startsWith(FAILED)
                ? "shutdown: failed to start "
                        + detail.substring(FAILED.length()).replaceFirst(":", ": ")
                : reason.toString();
    }
}
