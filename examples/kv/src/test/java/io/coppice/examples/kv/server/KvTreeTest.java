package io.coppice.examples.kv.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.supervision.Finding;
import io.coppice.supervision.Warning;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;

/** The tree as a value. */
class KvTreeTest {

    private static List<Finding> findings(double killsPerSecond) {
        var nothingIsOpened = new Premises(null, null, null, 8);
        var all = EnumSet.allOf(ChaosKind.class);
        return KvTree.of(nothingIsOpened, new Census(), new ChaosLog(), killsPerSecond, all)
                .check();
    }

    @Test
    void nothing_in_it_looks_like_a_mistake() {
        assertThat(findings(0)).isEmpty();
    }

    @Test
    void a_budget_for_chaos_is_one_that_no_failure_spends() {
        assertThat(findings(20))
                .singleElement()
                .extracting(it -> ((Warning) it).kind())
                .isEqualTo(Warning.Kind.NEVER_GIVES_UP);
    }
}
