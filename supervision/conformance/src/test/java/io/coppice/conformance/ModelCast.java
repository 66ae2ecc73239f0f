package io.coppice.conformance;

import io.coppice.testkit.model.World;
import io.coppice.testkit.model.supervisor.Definition;
import io.coppice.testkit.model.supervisor.Definition.Written;
import io.coppice.testkit.model.supervisor.Init;
import io.coppice.testkit.model.supervisor.OnShutdown;
import io.coppice.testkit.model.supervisor.Role;
import io.coppice.testkit.model.supervisor.Words;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a scenario has defined so far, as the model is told it. */
final class ModelCast {

    private final Definitions definitions = new Definitions();

    /** By id, the definition that it goes by if it is a supervisor. */
    private final Map<String, String> definitionOf = new HashMap<>();

    private final Map<String, Role> roles = new HashMap<>();

    void define(String supervisor, Attributes attributes) {
        definitions.define(supervisor, attributes);
        definitionOf.putIfAbsent(supervisor, supervisor);
    }

    void defineChild(String supervisor, String id, Attributes attributes) {
        definitions.defineChild(supervisor, id, attributes);
        definitionOf.putIfAbsent(id, id);
    }

    void defineStarted(String supervisor, String id, Attributes attributes) {
        var by = definitionOf.getOrDefault(supervisor, supervisor);
        definitions.defineStarted(by, id, attributes);
        var definition = definitions.supervisor(by);
        definitionOf.put(id, definition.isDynamic() ? definition.children().getFirst().id() : id);
    }

    void requireStartable(String supervisor) {
        definitions.requireStartable(supervisor);
    }

    /** What is said of {@code id} now. */
    Words words(String id) {
        return new Words(definitions.child(id).values());
    }

    long longestWaitMillis() {
        return definitions.longestWaitMillis();
    }

    boolean isSupervisor(String id) {
        return roles.get(id) instanceof Role.OfSupervisor;
    }

    /** {@code world}, in which everybody becomes what is defined by now. */
    World enter(World world) {
        var entered = world;
        for (var id : definitionOf.keySet()) {
            roles.put(id, role(id));
            entered = entered.withRole(id, roles.get(id));
        }
        return entered;
    }

    private Role role(String id) {
        var attributes = definitions.child(id);
        boolean isWorker = !attributes.isSupervisor() && !isDefined(id);
        return isWorker
                ? new Role.OfWorker(inits(attributes), onShutdown(attributes.onShutdown()))
                : supervisor(definitions.supervisor(definitionOf.get(id)));
    }

    private boolean isDefined(String supervisor) {
        try {
            definitions.supervisor(supervisor);
            return true;
        } catch (IllegalArgumentException isNot) {
            return false;
        }
    }

    private static Role supervisor(Definitions.SupervisorDefinition definition) {
        var children =
                definition.children().stream()
                        .map(child -> new Written(child.id(), words(child.attributes())))
                        .toList();
        return new Role.OfSupervisor(
                inits(definition.attributes()),
                new Definition(words(definition.attributes()), children));
    }

    private static Words words(Attributes attributes) {
        return new Words(attributes.values());
    }

    private static List<Init> inits(Attributes attributes) {
        return attributes.init().actions().stream().map(ModelCast::init).toList();
    }

    private static Init init(InitSchedule.Action action) {
        return switch (action) {
            case InitSchedule.Action.Ok(var info) -> new Init.Ok(info);
            case InitSchedule.Action.Ignore() -> new Init.Ignore();
            case InitSchedule.Action.Fail(var reason) -> new Init.Fail(Reasons.parse(reason));
            case InitSchedule.Action.Crash(var name) -> new Init.Crash(name);
            case InitSchedule.Action.Wait(var next) -> new Init.Wait(init(next));
        };
    }

    private static OnShutdown onShutdown(io.coppice.conformance.OnShutdown how) {
        return switch (how) {
            case io.coppice.conformance.OnShutdown.Die() -> new OnShutdown.Die();
            case io.coppice.conformance.OnShutdown.Exit() -> new OnShutdown.Obey();
            case io.coppice.conformance.OnShutdown.Ignore() -> new OnShutdown.Ignore();
            case io.coppice.conformance.OnShutdown.Delay(var millis) ->
                    new OnShutdown.Delay(millis);
            case io.coppice.conformance.OnShutdown.Reason(var reason) ->
                    new OnShutdown.Other(Reasons.parse(reason));
        };
    }
}
