package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

/** Races that are known are found again, and none is found where there is none. */
class RediscoveryTest {

    private record Race(String name, Scenario broken, Scenario correct) {}

    private static final List<Race> RACES =
            List.of(
                    new Race(
                            "check, then act on a name",
                            Races::two_look_whether_there_is_a_leader,
                            Races::two_try_to_be_the_leader),
                    new Race(
                            "monitor after send",
                            Races::the_boss_sends_work_and_then_watches,
                            Races::the_boss_watches_and_then_sends_work),
                    new Race(
                            "a source attached before its sink is up",
                            Races::a_source_is_attached_before_its_sink_is_up,
                            Races::a_source_is_attached_when_its_sink_is_up),
                    new Race(
                            "read, then write",
                            Races::two_read_a_counter_and_write_it_back,
                            Races::two_tell_a_counter_to_increment));

    private static final List<Search> SEARCHES =
            List.of(
                    Search.atRandom(),
                    Search.probabilistic(2),
                    Search.probabilistic(3),
                    Search.exhaustive(1),
                    Search.exhaustive(2));

    @TestFactory
    Stream<DynamicTest> every_search_finds_every_race_within_a_hundred_schedules() {
        return cases(
                (race, search) -> {
                    var found = Hunt.of(race.broken()).withSearch(search).withSchedules(100).run();
                    assertThat(found.failure()).isPresent();
                    System.out.printf(
                            "%-40s %-30s schedule %d%n", race.name(), search, found.schedules());
                });
    }

    @TestFactory
    Stream<DynamicTest> no_search_finds_a_race_where_there_is_none() {
        return cases(
                (race, search) -> {
                    var found =
                            Hunt.of(race.correct()).withSearch(search).withSchedules(2_000).run();
                    assertThat(found.failure()).isEmpty();
                    assertThat(found.complete()).isEqualTo(search instanceof Search.Exhaustive);
                });
    }

    /** By one act that is held up, or by one other who goes first. */
    @TestFactory
    Stream<DynamicTest> every_race_is_shown_by_the_fewest_deviations() {
        return cases(
                (race, search) -> {
                    var found = Hunt.of(race.broken()).withSearch(search).withSchedules(100).run();
                    var schedule = found.failure().orElseThrow().replay().schedule();
                    assertThat(schedule).matches("(\\d+:1)?");
                });
    }

    private interface Check {
        void of(Race race, Search search);
    }

    private static Stream<DynamicTest> cases(Check check) {
        return RACES.stream()
                .flatMap(
                        race ->
                                SEARCHES.stream()
                                        .map(
                                                search ->
                                                        DynamicTest.dynamicTest(
                                                                race.name() + ", " + search,
                                                                () -> check.of(race, search))));
    }
}
