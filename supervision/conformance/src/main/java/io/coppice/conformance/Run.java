package io.coppice.conformance;

import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;

/**
 * What the processes of one run of a scenario share.
 *
 * @param node where they live
 * @param recorder what happens
 * @param definitions what is defined
 */
record Run(Node node, Recorder recorder, Definitions definitions) {

    /** How every process is created: a deadline of its init would look like something under way. */
    static <M> SpawnOptions<M> options(String label) {
        return SpawnOptions.<M>defaults().withLabel(label).withoutInitDeadline();
    }
}
