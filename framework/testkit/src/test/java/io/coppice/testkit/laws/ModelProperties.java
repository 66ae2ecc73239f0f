package io.coppice.testkit.laws;

import io.coppice.actor.Node;
import io.coppice.testkit.model.Model;
import io.coppice.testkit.script.Observation;
import io.coppice.testkit.script.Script;

import java.util.List;

/** The laws, and all that the model allows. */
class ModelProperties extends LinkLaws {

    private static final Model MODEL = new Model(400);

    @Override
    protected Node node() {
        throw new UnsupportedOperationException("the model needs none");
    }

    @Override
    protected List<Observation> perform(Script script) {
        return MODEL.outcomes(script).all().stream()
                .map(outcome -> new Observation(outcome, List.of()))
                .toList();
    }
}
