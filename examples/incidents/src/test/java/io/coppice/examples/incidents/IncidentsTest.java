package io.coppice.examples.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Facts.Fact;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Outcome;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Verdict;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The incidents themselves, and that their checks can fail. */
class IncidentsTest {

    static Stream<Named<Incident>> incidents() {
        return Catalogue.INCIDENTS.stream().map(it -> Named.of(it.story().id(), it));
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void what_goes_wrong_elsewhere_does_not_here(Incident incident) {
        var outcome = incident.run();

        assertThat(outcome.here()).isEqualTo(outcome.right());
        assertThat(outcome.verdict()).isEqualTo(Verdict.OK);
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void the_bug_itself_would_be_found_wrong(Incident incident) {
        var elsewhere = incident.elsewhere();

        assertThat(seen(incident, elsewhere.facts()).verdict()).isEqualTo(Verdict.WRONG);
        assertThat(elsewhere.facts().headline()).isNotEqualTo(incident.right().headline());
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void every_fact_counts(Incident incident) {
        var right = incident.right();

        assertThat(seen(incident, right).verdict()).isEqualTo(Verdict.OK);
        IntStream.range(0, right.all().size())
                .mapToObj(i -> withAnother(right, i))
                .forEach(
                        wrong ->
                                assertThat(seen(incident, wrong).verdict())
                                        .isEqualTo(Verdict.WRONG));
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void the_same_things_are_looked_at_there_and_here(Incident incident) {
        assertThat(incident.elsewhere().facts().subjects()).isEqualTo(incident.right().subjects());
    }

    @Test
    void a_check_that_takes_the_bug_for_right_is_wrong() {
        var right = Facts.of("exits", 1);

        var outcome = new Outcome(STORY, Elsewhere.reenacted(right), right, right);

        assertThat(outcome.verdict()).isEqualTo(Verdict.WRONG);
    }

    @Test
    void an_incident_that_does_not_come_to_its_end_is_wrong_and_says_why() {
        var outcome = new Fails().run();

        assertThat(outcome.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(outcome.here().headline().value()).contains("nothing came");
    }

    static final Story STORY = Story.of("a-story", "A story").from("L2");

    private static Outcome seen(Incident incident, Facts here) {
        return new Outcome(incident.story(), incident.elsewhere(), incident.right(), here);
    }

    private static Facts withAnother(Facts facts, int index) {
        List<Fact> all = new ArrayList<>(facts.all());
        all.set(index, new Fact(all.get(index).what(), all.get(index).value() + "?"));
        return new Facts(all);
    }

    /** One in which nothing happens. */
    static final class Fails implements Incident {
        @Override
        public Story story() {
            return STORY;
        }

        @Override
        public Facts right() {
            return Facts.of("exits", 1);
        }

        @Override
        public Elsewhere elsewhere() {
            return Elsewhere.reported(Facts.of("exits", 2));
        }

        @Override
        public Facts here() {
            throw new IllegalStateException("nothing came");
        }
    }
}
