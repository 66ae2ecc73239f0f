package io.coppice.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The map for many threads, on one, against one of the JDK; its races are run elsewhere. */
class PagesProperties {

    @Provide
    Arbitrary<List<Long>> numbers() {
        return Arbitraries.longs().between(0, 400).list().ofMaxSize(200);
    }

    @Property
    void it_holds_what_a_map_holds(@ForAll("numbers") List<Long> script) {
        var pages = new Pages<Long>();
        var map = new TreeMap<Long, Long>();
        for (long number : script) {
            if (map.remove(number) == null) {
                map.put(number, number);
                pages.put(number, number);
            } else {
                pages.remove(number);
            }
            assertThat(pages.isEmpty()).isEqualTo(map.isEmpty());
        }

        assertThat(values(pages)).containsExactlyInAnyOrderElementsOf(map.values());
    }

    @Property
    void what_is_not_in_it_can_be_removed(@ForAll("numbers") List<Long> script) {
        var pages = new Pages<Long>();
        script.forEach(pages::remove);
        pages.put(7, 7L);
        script.stream().filter(number -> number != 7).forEach(pages::remove);

        assertThat(values(pages)).containsExactly(7L);
    }

    @Example
    void a_page_without_entries_is_thrown_away_when_another_is_newer() {
        var pages = new Pages<Long>();
        for (long number = 0; number < 100_000; number++) {
            pages.put(number, number);
            pages.remove(number);
        }
        assertThat(pages.pages()).isEqualTo(1);
        pages.put(5, 5L);
        pages.put(100_000, 100_000L);
        assertThat(pages.pages()).isEqualTo(2);
        pages.remove(5);
        assertThat(pages.pages()).isEqualTo(1);
        assertThat(values(pages)).containsExactly(100_000L);
    }

    private static List<Long> values(Pages<Long> pages) {
        var values = new ArrayList<Long>();
        pages.forEach(values::add);
        return values;
    }
}
