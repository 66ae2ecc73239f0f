package io.coppice.conformance;

import io.coppice.actor.ActorFactory;
import io.coppice.conformance.Definitions.SupervisorDefinition;
import io.coppice.supervision.AutoShutdown;
import io.coppice.supervision.Child;
import io.coppice.supervision.ChildSpec;
import io.coppice.supervision.ChildTemplate;
import io.coppice.supervision.DynamicSupervisor;
import io.coppice.supervision.Restart;
import io.coppice.supervision.ShutdownMode;
import io.coppice.supervision.Strategy;
import io.coppice.supervision.Supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/** Builds Coppice's supervisors from a scenario's definitions. */
final class Trees {

    private final Run run;

    Trees(Run run) {
        this.run = run;
    }

    /**
     * The supervisor that is defined so.
     *
     * @throws BadDefinition if there is no such supervisor in Coppice
     * @throws io.coppice.supervision.TreeError if it contradicts itself
     */
    ActorFactory<?> supervisor(String id, SupervisorDefinition definition) throws BadDefinition {
        return definition.isDynamic() ? dynamic(id, definition) : ordered(id, definition);
    }

    private Supervisor ordered(String id, SupervisorDefinition definition) throws BadDefinition {
        var attributes = definition.attributes();
        var bare =
                Supervisor.supervisor(id, strategy(attributes))
                        .restarts(intensity(attributes), period(attributes))
                        .autoShutdown(autoShutdown(attributes))
                        .children(new ChildSpec<?>[0]); // its own options are checked first
        var children = new ArrayList<ChildSpec<?>>();
        for (var child : definition.children()) {
            children.add(atStart(() -> child(child)));
        }
        return bare.children(children.toArray(ChildSpec<?>[]::new));
    }

    private ActorFactory<?> dynamic(String id, SupervisorDefinition definition)
            throws BadDefinition {
        var attributes = definition.attributes();
        if (definition.children().size() != 1) {
            throw new BadDefinition(Terms.BAD_START_SPEC);
        }
        var template = atStart(() -> template(definition.children().getFirst()));
        return DynamicSupervisor.dynamicSupervisor(id, template)
                .restarts(intensity(attributes), period(attributes))
                .autoShutdown(autoShutdown(attributes));
    }

    private interface Built<T> {
        T get() throws BadDefinition;
    }

    private static <T> T atStart(Built<T> child) throws BadDefinition {
        try {
            return child.get();
        } catch (BadDefinition e) {
            throw e.atStart();
        }
    }

    /**
     * The child that is defined so.
     *
     * @throws BadDefinition if there is no such child in Coppice
     */
    Child<Object> child(Definitions.Child definition) throws BadDefinition {
        var attributes = definition.attributes();
        var child =
                Child.child(definition.id(), Entities.child(run, definition.id()))
                        .restart(restart(attributes))
                        .withoutInitDeadline();
        var significant = isSignificant(attributes) ? child.significant() : child;
        var typed = isSupervisor(attributes) ? significant.supervisorType() : significant;
        return shutdown(attributes).map(typed::shutdown).orElse(typed);
    }

    private ChildTemplate<String, Object> template(Definitions.Child definition)
            throws BadDefinition {
        var attributes = definition.attributes();
        var template =
                ChildTemplate.each(definition.id(), Entities.dynamic(run, definition.id()))
                        .restart(restart(attributes))
                        .withoutInitDeadline();
        var significant = isSignificant(attributes) ? template.significant() : template;
        var typed = isSupervisor(attributes) ? significant.supervisorType() : significant;
        return shutdown(attributes).map(typed::shutdown).orElse(typed);
    }

    // Values

    private static Strategy strategy(Attributes attributes) throws BadDefinition {
        var value = attributes.get("strategy", "one_for_one");
        return switch (value) {
            case "one_for_one" -> Strategy.ONE_FOR_ONE;
            case "one_for_all" -> Strategy.ONE_FOR_ALL;
            case "rest_for_one" -> Strategy.REST_FOR_ONE;
            default -> throw new BadDefinition("supervisor_data:invalid_strategy:" + value);
        };
    }

    private static int intensity(Attributes attributes) {
        return Math.clamp(attributes.number("intensity", 1), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static Duration period(Attributes attributes) {
        return Duration.ofSeconds(attributes.number("period", 5));
    }

    private static AutoShutdown autoShutdown(Attributes attributes) throws BadDefinition {
        var value = attributes.get("auto_shutdown", "never");
        return switch (value) {
            case "never" -> AutoShutdown.NEVER;
            case "any_significant" -> AutoShutdown.ANY_SIGNIFICANT;
            case "all_significant" -> AutoShutdown.ALL_SIGNIFICANT;
            default -> throw new BadDefinition("supervisor_data:invalid_auto_shutdown:" + value);
        };
    }

    private static Restart restart(Attributes attributes) throws BadDefinition {
        var value = attributes.get("restart", "permanent");
        return switch (value) {
            case "permanent" -> Restart.PERMANENT;
            case "transient" -> Restart.TRANSIENT;
            case "temporary" -> Restart.TEMPORARY;
            default -> throw new BadDefinition("invalid_restart_type:" + value);
        };
    }

    private static boolean isSignificant(Attributes attributes) throws BadDefinition {
        var value = attributes.get("significant", "false");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadDefinition("invalid_significant:" + value);
        };
    }

    private static boolean isSupervisor(Attributes attributes) throws BadDefinition {
        var value = attributes.get("type", "worker");
        return switch (value) {
            case "supervisor" -> true;
            case "worker" -> false;
            default -> throw new BadDefinition("invalid_child_type:" + value);
        };
    }

    /** Empty for the default. */
    private static Optional<ShutdownMode> shutdown(Attributes attributes) {
        return attributes
                .get("shutdown")
                .map(
                        value ->
                                switch (value) {
                                    case "brutal_kill" -> ShutdownMode.immediately();
                                    case "infinity" -> ShutdownMode.patiently();
                                    default -> ShutdownMode.within(millis(attributes));
                                });
    }

    private static Duration millis(Attributes attributes) {
        return Duration.ofMillis(attributes.number("shutdown", 0));
    }
}
