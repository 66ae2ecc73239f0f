package io.coppice.supervision.laws;

// the imports

import io.coppice.testkit.Simulation;

/** Where a printed test is put. */
class AgainOfATree extends TreeLaws {

    @Override
    protected Run run(Simulation simulation) {
        return TreeLawsTest::tree;
    }

    // the test
}
