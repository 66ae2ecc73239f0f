package io.coppice.testkit.model.supervisor;

import io.coppice.testkit.model.supervisor.ChildSpec.Restart;
import io.coppice.testkit.model.supervisor.ChildSpec.Shutdown;
import io.coppice.testkit.model.supervisor.ChildSpec.Type;
import io.coppice.testkit.model.supervisor.Flags.AutoShutdown;
import io.coppice.testkit.model.supervisor.Flags.Strategy;
import io.vavr.collection.List;
import io.vavr.control.Either;

import java.util.Locale;

/** Reads definitions. Left is what is wrong with one, in OTP's words; the first thing counts. */
final class Checks {

    private Checks() {}

    static Either<String, Flags> flags(Words flags) {
        long intensity = flags.number("intensity", 1);
        long period = flags.number("period", 5);
        return Checks.one(Strategy.class, "invalid_strategy", flags.get("strategy", "one_for_one"))
                .filterOrElse(any -> intensity >= 0, any -> "invalid_intensity:" + intensity)
                .filterOrElse(any -> period > 0, any -> "invalid_period:" + period)
                .flatMap(strategy -> flags(strategy, intensity, period, flags))
                .mapLeft(what -> "supervisor_data:" + what);
    }

    private static Either<String, Flags> flags(
            Strategy strategy, long intensity, long period, Words flags) {
        var word = flags.get("auto_shutdown", "never");
        return Checks.one(AutoShutdown.class, "invalid_auto_shutdown", word)
                .map(auto -> new Flags(strategy, intensity, period, auto));
    }

    /** All children of a supervisor when it starts. */
    static Either<String, List<ChildSpec>> children(
            java.util.List<Definition.Written> children, AutoShutdown auto) {
        Either<String, List<ChildSpec>> checked = Either.right(List.empty());
        for (var child : children) {
            checked =
                    checked.flatMap(
                            before ->
                                    child(child.id(), child.spec(), auto)
                                            .filterOrElse(
                                                    spec -> isNew(spec, before),
                                                    spec -> "duplicate_child_name:" + spec.id())
                                            .map(before::append));
        }
        return checked.mapLeft(what -> "start_spec:" + what);
    }

    private static boolean isNew(ChildSpec spec, List<ChildSpec> before) {
        return before.forAll(other -> !other.id().equals(spec.id()));
    }

    /** One child. */
    static Either<String, ChildSpec> child(String id, Words spec, AutoShutdown auto) {
        return Checks.one(Restart.class, "invalid_restart_type", spec.get("restart", "permanent"))
                .flatMap(
                        restart ->
                                significant(spec.get("significant", "false"), restart, auto)
                                        .flatMap(yes -> child(id, restart, yes, spec)));
    }

    private static Either<String, ChildSpec> child(
            String id, Restart restart, boolean isSignificant, Words spec) {
        return Checks.one(Type.class, "invalid_child_type", spec.get("type", "worker"))
                .flatMap(
                        type ->
                                shutdown(spec, type)
                                        .map(
                                                how ->
                                                        new ChildSpec(
                                                                id,
                                                                restart,
                                                                how,
                                                                isSignificant,
                                                                type)));
    }

    private static Either<String, Boolean> significant(
            String word, Restart restart, AutoShutdown auto) {
        return switch (word) {
            case "false" -> Either.right(false);
            case "true" -> significant(restart, auto);
            default -> Either.left("invalid_significant:" + word);
        };
    }

    private static Either<String, Boolean> significant(Restart restart, AutoShutdown auto) {
        if (auto == AutoShutdown.NEVER) {
            return Either.left("bad_combination:auto_shutdown:never");
        }
        return restart == Restart.PERMANENT
                ? Either.left("bad_combination:restart:permanent")
                : Either.right(true);
    }

    private static Either<String, Shutdown> shutdown(Words spec, Type type) {
        var word = spec.get("shutdown", type == Type.WORKER ? "5000" : "infinity");
        return switch (word) {
            case "brutal_kill" -> Either.right(new Shutdown.BrutalKill());
            case "infinity" -> Either.right(new Shutdown.Infinity());
            default -> {
                long millis = Long.parseLong(word);
                yield millis < 0
                        ? Either.left("invalid_shutdown:" + millis)
                        : Either.right(new Shutdown.Within(millis));
            }
        };
    }

    private static <E extends Enum<E>> Either<String, E> one(
            Class<E> of, String complaint, String word) {
        return List.of(of.getEnumConstants())
                .find(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                .toEither(complaint + ":" + word);
    }
}
