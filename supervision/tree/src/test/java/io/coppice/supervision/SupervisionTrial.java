package io.coppice.supervision;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import io.coppice.actor.Node;
import io.coppice.testkit.script.Kind;

import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tries trees on a node with threads: a law finds a mutant out, or OTP's algorithm if the trial is
 * called {@link #OTP}. For the testkit's mutants.
 */
public final class SupervisionTrial implements Function<String, String>, AutoCloseable {

    /** The name of the trial by {@link OtpModel}. */
    static final String OTP = "OTP";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Node node = Node.start();
    private final Optional<SupervisionLaw> law;

    /**
     * @param name of a {@link SupervisionLaw}, or {@link #OTP}
     */
    public SupervisionTrial(String name) {
        law = name.equals(OTP) ? Optional.empty() : Optional.of(SupervisionLaw.valueOf(name));
    }

    /**
     * @param seed of a {@link TreeScript}
     * @return how the trial found something wrong, or an empty string
     */
    @Override
    public String apply(String seed) {
        try {
            long number = Long.parseLong(seed);
            return law.map(by -> byLaw(by, TreeScript.ofEnds(number)))
                    .orElseGet(() -> byOtp(TreeScript.ofAnything(number)));
        } catch (RuntimeException | Error broken) {
            return "it broke down: " + broken;
        }
    }

    /** Whether what happens to supervisors is kept out of the log. */
    static void beQuiet(boolean quiet) {
        var log = (Logger) LoggerFactory.getLogger("io.coppice");
        log.setLevel(quiet ? Level.OFF : null);
    }

    private List<List<String>> play(TreeScript script) {
        return NodeStage.play(script, node, stage().settle());
    }

    private io.coppice.testkit.script.Stage stage() {
        return io.coppice.testkit.script.Stage.on(node, Kind.ACTORS, PATIENCE);
    }

    private String byLaw(SupervisionLaw by, TreeScript script) {
        var how = new ArrayList<>(by.violations(script, play(script)));
        if (by == SupervisionLaw.NO_SURVIVORS) {
            how.addAll(NodeStage.killedWhileItStops(node, stage().settle()));
        }
        return String.join("; ", how);
    }

    private String byOtp(TreeScript script) {
        return byOtp(script, play(script));
    }

    /** Where {@code segments}, played by {@code script}, are not what they are in OTP. */
    static String byOtp(TreeScript script, List<List<String>> segments) {
        var seen =
                segments.subList(0, segments.size() - 1).stream()
                        .flatMap(List::stream)
                        .collect(Collectors.joining("\n"));
        var expected = String.join("\n", otp(script));
        return seen.equals(expected)
                ? ""
                : "%s%nin OTP:%n%s%nhere:%n%s".formatted(script, expected, seen);
    }

    private static List<String> otp(TreeScript script) {
        var model = new OtpModel(script.tree(id -> Trees.UNUSED), script.world());
        model.init();
        for (var move : script.moves()) {
            if (!model.isOver) {
                OtpProperties.play(move, model);
            }
        }
        return model.trace;
    }

    @Override
    public void close() {
        node.stop(Duration.ZERO);
    }
}
