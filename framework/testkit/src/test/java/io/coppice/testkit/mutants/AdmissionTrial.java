package io.coppice.testkit.mutants;

import io.coppice.testkit.Hunt;

import java.util.function.Function;

/** Tries an {@link AdmissionLaw} under schedules that are found by lot. */
public final class AdmissionTrial implements Function<String, String>, AutoCloseable {

    private static final int SCHEDULES = 20;

    private final AdmissionLaw law;

    /**
     * @param law the name of an {@link AdmissionLaw}
     */
    public AdmissionTrial(String law) {
        this.law = AdmissionLaw.valueOf(law);
    }

    @Override
    public String apply(String seed) {
        try {
            Hunt.of(law.scenario)
                    .withName(law.name())
                    .withSeed(Long.parseLong(seed))
                    .withSchedules(SCHEDULES)
                    .check();
            return "";
        } catch (RuntimeException | Error broken) {
            return law.sentence + ": " + broken.getMessage();
        }
    }

    @Override
    public void close() {}
}
