package io.coppice.supervision;

import static io.coppice.supervision.ShopTest.SHOP;

import io.coppice.supervision.laws.TreeLaws;
import io.coppice.testkit.Simulation;

// region laws
/** Whoever of the shop is killed, and whenever, it comes back as its strategies say. */
class ShopLawsTest extends TreeLaws {

    @Override
    protected Run run(Simulation simulation) {
        return () -> SHOP;
    }
}
// endregion
