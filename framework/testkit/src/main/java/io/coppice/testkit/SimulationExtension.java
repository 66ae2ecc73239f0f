package io.coppice.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;

import java.lang.reflect.Method;

/** Runs the method of a {@link Simulated} test under the schedules that it asks for. */
public final class SimulationExtension implements InvocationInterceptor, ParameterResolver {

    /** For JUnit. */
    public SimulationExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Simulation.class
                && parameter.getDeclaringExecutable().isAnnotationPresent(Simulated.class);
    }

    /** Nothing: every run has its own. */
    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return null;
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> test,
            ExtensionContext context) {
        invocation.skip();
        var method = test.getExecutable();
        var target = context.getRequiredTestInstance();
        requireOneSimulation(method);
        var hunt =
                hunt(
                        method.getAnnotation(Simulated.class),
                        simulation -> ReflectionSupport.invokeMethod(method, target, simulation));
        run(hunt.withName(method.getName()), method.getAnnotation(Seed.class));
    }

    private static void requireOneSimulation(Method method) {
        var types = method.getParameterTypes();
        if (types.length != 1 || types[0] != Simulation.class) {
            throw new IllegalArgumentException(
                    method + ": a simulated test takes one Simulation and nothing else");
        }
    }

    private static Hunt hunt(Simulated wanted, Scenario scenario) {
        if (wanted.depth() > 0 && wanted.preemptions() >= 0) {
            throw new IllegalArgumentException(
                    wanted + ": either probabilistic (depth) or exhaustive (preemptions)");
        }
        var hunt =
                Hunt.of(scenario)
                        .withSchedules(wanted.schedules())
                        .withSeed(wanted.seed())
                        .withSteps(wanted.steps());
        if (wanted.depth() > 0) {
            return hunt.withSearch(Search.probabilistic(wanted.depth()));
        }
        return wanted.preemptions() < 0
                ? hunt
                : hunt.withSearch(Search.exhaustive(wanted.preemptions()));
    }

    private static void run(Hunt hunt, @Nullable Seed seed) {
        if (seed == null) {
            hunt.check();
        } else {
            hunt.replay(new Replay(seed.value(), seed.script(), seed.schedule()));
        }
    }
}
