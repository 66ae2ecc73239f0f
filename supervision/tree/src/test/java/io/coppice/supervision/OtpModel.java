package io.coppice.supervision;

import io.coppice.process.ExitReason;
import io.coppice.supervision.OtpProperties.Move;
import io.coppice.supervision.Stage.Init;
import io.coppice.testkit.model.Event;
import io.coppice.testkit.model.Model;
import io.coppice.testkit.model.World;
import io.coppice.testkit.model.supervisor.Definition;
import io.coppice.testkit.model.supervisor.Definition.Written;
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
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The testkit's model of a supervisor, which is held to OTP itself, in the words of {@link Stage}.
 * Children obey at once, and things happen in any order in which they may.
 */
final class OtpModel {

    private static final String ROOT = "root";
    private static final String TOP = "top";
    private static final String SUPERVISOR = "top#1";
    private static final String FAILED = "failed_to_start_child:";

    /** So many worlds are looked at. */
    private static final int LIMIT = 20_000;

    /** More starts of one child than any script can bring about. */
    private static final int ATTEMPTS = 400;

    final List<String> trace = new ArrayList<>();
    boolean isOver;

    private final Function<String, Init> inits;
    private final Map<String, String> latest = new HashMap<>();
    private final Random order = new Random(0);
    private World world = World.of(Set.of(ROOT));
    private int events;
    private int calls;

    OtpModel(Supervisor tree, Function<String, Init> inits) {
        this.inits = inits;
        tree.children().forEach(child -> cast(child.id()));
        var children =
                tree.children().stream()
                        .map(child -> new Written(child.id(), words(child)))
                        .toList();
        List<io.coppice.testkit.model.supervisor.Init> ok = List.of(ok());
        var top = new Role.OfSupervisor(ok, new Definition(flags(tree), children));
        world = world.withRole(TOP, top);
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
                IntStream.rangeClosed(1, ATTEMPTS).mapToObj(number -> init(id + "#" + number));
        world = world.withRole(id, new Role.OfWorker(attempts.toList(), new OnShutdown.Die()));
    }

    private static io.coppice.testkit.model.supervisor.Init ok() {
        return new io.coppice.testkit.model.supervisor.Init.Ok(Optional.empty());
    }

    private io.coppice.testkit.model.supervisor.Init init(String attempt) {
        return switch (inits.apply(attempt)) {
            case Init.Ok any -> ok();
            case Init.Ignore ignore -> new io.coppice.testkit.model.supervisor.Init.Ignore();
            case Init.Fail(var reason) -> new io.coppice.testkit.model.supervisor.Init.Fail(reason);
            case Init.Hang hang -> throw new AssertionError("it would block");
        };
    }

    // What happens to it

    void init() {
        act(ROOT, new Act.Trap(true));
        act(ROOT, new Act.StartLinked(TOP));
        if (!isOver) {
            trace.add("started");
        }
    }

    void exit(String id, ExitReason reason) {
        var child = latest.get(id);
        if (child != null && world.lives(child)) {
            act(child, new Act.Stop(reason));
        }
    }

    /**
     * All that may happen if these end at once.
     *
     * @return empty if it is too much to look at
     */
    Optional<Set<List<String>>> atOnce(List<Move> ends) {
        var acts = new HashMap<String, List<Act>>();
        for (var move : ends) {
            if (move instanceof Move.Ends(var id, var reason) && latest.containsKey(id)) {
                acts.put(latest.get(id), List.of(new Act.Stop(reason)));
            }
        }
        var found = new Model(LIMIT).ends(world.then(new Script.Phase(acts)));
        return Optional.of(found)
                .filter(Model.Ends::isComplete)
                .map(all -> all.all().stream().map(this::news).collect(Collectors.toSet()));
    }

    private List<String> news(World end) {
        return end.events().stream().skip(events).map(OtpModel::line).toList();
    }

    void sleep(long seconds) {
        world = world.later(1_000 * seconds);
    }

    String terminateChild(String id) {
        return ask(new Request.TerminateChild(id));
    }

    String restartChild(String id) {
        return ask(new Request.RestartChild(id));
    }

    String deleteChild(String id) {
        return ask(new Request.DeleteChild(id));
    }

    String startChild(ChildSpec<?> spec) {
        cast(spec.id());
        return ask(new Request.StartChild(spec.id(), words(spec)));
    }

    String whichChildren() {
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

    // The world

    private void act(String who, Act act) {
        world = world.then(new Script.Phase(Map.of(who, List.of(act))));
        settle();
    }

    private void settle() {
        for (var next = world.choices(); !next.isEmpty(); next = world.choices()) {
            world = world.step(next.get(order.nextInt(next.size())));
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
