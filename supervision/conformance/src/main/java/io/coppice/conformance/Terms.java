package io.coppice.conformance;

import io.coppice.actor.ActorRef;
import io.coppice.conformance.Definitions.Kind;
import io.coppice.supervision.ChildCount;
import io.coppice.supervision.ChildInfo;
import io.coppice.supervision.ChildSpec;
import io.coppice.supervision.ChildStart;
import io.coppice.supervision.ChildStatus;
import io.coppice.supervision.ChildTemplate;
import io.coppice.supervision.ChildType;
import io.coppice.supervision.Outcome;
import io.coppice.supervision.Problem;
import io.coppice.supervision.Refusal;
import io.coppice.supervision.Restart;
import io.coppice.supervision.ShutdownMode;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What Coppice's supervisors say, in OTP's words. */
final class Terms {

    static final String START_SPEC = "start_spec:";

    /** What OTP says to a request by id if children are told apart by pid. */
    static final String SIMPLE_ONE_FOR_ONE = "error simple_one_for_one";

    /** What OTP says of a supervisor of dynamic children that has not exactly one template. */
    static final String BAD_START_SPEC = "bad_start_spec";

    static final String NOT_FOUND = "error not_found";

    private final Recorder recorder;

    /**
     * @param recorder knows the names of processes
     */
    Terms(Recorder recorder) {
        this.recorder = recorder;
    }

    /** The reason with which a supervisor ends that has this problem. */
    static String ofSupervisor(Problem problem) {
        return switch (problem) {
            case Problem.OfOptions options -> "supervisor_data:" + of(problem);
            case Problem.OfChild child -> START_SPEC + of(problem);
        };
    }

    /** What is wrong with a child. */
    static String of(Problem problem) {
        return switch (problem) {
            case Problem.InvalidIntensity(var supervisor, var intensity) ->
                    "invalid_intensity:" + intensity;
            case Problem.InvalidPeriod(var supervisor, var period) ->
                    "invalid_period:" + period.toSeconds();
            case Problem.SignificantWithoutAutoShutdown any ->
                    "bad_combination:auto_shutdown:never";
            case Problem.SignificantAndPermanent any -> "bad_combination:restart:permanent";
            case Problem.InvalidShutdown(var supervisor, var child, var time) ->
                    "invalid_shutdown:" + time.toMillis();
            case Problem.DuplicateId(var supervisor, var child) -> "duplicate_child_name:" + child;
            case Problem.DuplicateName(var supervisor, var child, var name) ->
                    "duplicate_name:" + name;
        };
    }

    String of(ChildStart<?> start) {
        return switch (start) {
            case ChildStart.Started<?> started -> "ok " + name(started.child()) + info(started);
            case ChildStart.Ignored<?> ignored -> "ok undefined";
            case ChildStart.Refused<?> refused -> error(refused.why());
        };
    }

    private static String info(ChildStart.Started<?> started) {
        return started.info().map(info -> " info:" + info).orElse("");
    }

    private String name(ActorRef<?> process) {
        return recorder.name(process.pid());
    }

    String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done() -> "ok";
            case Outcome.Refused(var why) -> error(why);
        };
    }

    private String error(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound() -> NOT_FOUND;
            case Refusal.Running() -> "error running";
            case Refusal.Restarting() -> "error restarting";
            case Refusal.AlreadyPresent() -> "error already_present";
            case Refusal.AlreadyStarted(var pid) -> "error already_started:" + recorder.name(pid);
            case Refusal.BadSpec(var problems) -> "error " + of(problems.getFirst());
            case Refusal.MaxChildren(var max) -> "error max_children"; // Elixir's, not OTP's
            case Refusal.StartFailed(var reason) -> "error " + Reasons.text(reason);
        };
    }

    /** Children in the order given; dynamic ones have no ids, and are sorted. */
    String of(Kind kind, List<ChildInfo> children) {
        var lines =
                kind.isDynamic()
                        ? children.stream().map(child -> of(child.status())).sorted()
                        : children.stream().map(child -> child.id() + "=" + of(child.status()));
        return lines.collect(Collectors.joining(" ", "[", "]"));
    }

    private String of(ChildStatus status) {
        return switch (status) {
            case ChildStatus.Running(var pid) -> recorder.name(pid);
            case ChildStatus.Stopped() -> "undefined";
            case ChildStatus.Restarting() -> "restarting";
        };
    }

    String of(ChildCount count) {
        return "specs=%d active=%d supervisors=%d workers=%d"
                .formatted(count.specs(), count.active(), count.supervisors(), count.workers());
    }

    String of(ChildSpec<?> child) {
        return spec(child.restart(), child.shutdown(), child.isSignificant(), child.type());
    }

    String of(ChildTemplate<?, ?> template) {
        return spec(
                template.restart(), template.shutdown(), template.isSignificant(), template.type());
    }

    private static String spec(
            Restart restart, ShutdownMode shutdown, boolean isSignificant, ChildType type) {
        return "restart=%s shutdown=%s significant=%s type=%s"
                .formatted(lowerCase(restart), of(shutdown), isSignificant, lowerCase(type));
    }

    private static String of(ShutdownMode shutdown) {
        return switch (shutdown) {
            case ShutdownMode.Immediately() -> "brutal_kill";
            case ShutdownMode.Patiently() -> "infinity";
            case ShutdownMode.Within(var time) -> String.valueOf(time.toMillis());
            case ShutdownMode.Draining(var time) -> String.valueOf(time.toMillis());
        };
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
