package io.coppice.testkit.jqwik;

import io.coppice.testkit.laws.Everything;
import io.coppice.testkit.laws.ScriptsOf;
import io.coppice.testkit.script.Mix;
import io.coppice.testkit.script.Script;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

import java.util.Optional;
import java.util.Set;

/** Gives properties the scripts that they ask for. For jqwik. */
public final class LawScripts implements ArbitraryProvider {

    /** For jqwik. */
    public LawScripts() {}

    @Override
    public boolean canProvideFor(TypeUsage targetType) {
        return targetType.isOfType(Script.class) && mix(targetType).isPresent();
    }

    @Override
    public Set<Arbitrary<?>> provideFor(TypeUsage targetType, SubtypeProvider subtypeProvider) {
        return Set.of(Scripts.of(mix(targetType).orElseThrow()));
    }

    private static Optional<Mix> mix(TypeUsage targetType) {
        return targetType.isAnnotated(Everything.class)
                ? Optional.of(Mix.everything())
                : targetType.findAnnotation(ScriptsOf.class).map(of -> of.value().mix());
    }
}
