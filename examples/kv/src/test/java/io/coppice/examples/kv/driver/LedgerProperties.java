package io.coppice.examples.kv.driver;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

class LedgerProperties {

    /** What becomes of a request. */
    enum Fate {
        ANSWERED,
        REFUSED,
        DONE_BUT_UNKNOWN,
        NOT_DONE_AND_UNKNOWN
    }

    /** A client, and a server without sockets between them. */
    private static final class Run {
        final Ledger ledger = new Ledger();
        final FakeStore store = new FakeStore();
        final Workload workload;
        final List<Finding> findings = new ArrayList<>();
        boolean wasUncertain;

        Run(long seed) {
            workload = new Workload("p", new SplittableRandom(seed), ledger);
        }

        Request next() {
            return workload.next(key -> true).orElseThrow();
        }

        void play(Request request, Fate fate) {
            switch (fate) {
                case ANSWERED -> answer(request, execute(request));
                case REFUSED -> {}
                case DONE_BUT_UNKNOWN -> {
                    execute(request);
                    doubt(request);
                }
                case NOT_DONE_AND_UNKNOWN -> doubt(request);
            }
        }

        Answer execute(Request request) {
            return Reply.parse(store.execute(request.words()));
        }

        void answer(Request request, Answer answer) {
            findings.addAll(ledger.answered(request, answer));
        }

        /** Reads what the next request would need to know. */
        void doubt(Request request) {
            ledger.unknown(request);
            for (String key : request.keys()) {
                if (ledger.isCertain(key)) continue;
                wasUncertain = true;
                read(Workload.reading(key));
                read(new AnyRequest.Ttl(key));
            }
        }

        void read(Request request) {
            answer(request, execute(request));
        }

        List<Finding> readBack() {
            return ledger.keys().stream().flatMap(key -> readBack(key).stream()).toList();
        }

        Optional<Finding> readBack(String key) {
            KeyRequest reading = Workload.reading(key);
            return ledger.readBack(reading, execute(reading), execute(new AnyRequest.Ttl(key)));
        }
    }

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void a_right_server_is_never_accused(
            @ForAll long seed, @ForAll @Size(min = 1, max = 300) List<Fate> fates) {
        var run = new Run(seed);

        fates.forEach(fate -> run.play(run.next(), fate));
        Statistics.label("uncertain")
                .collect(run.wasUncertain)
                .coverage(coverage -> coverage.check(true).percentage(of -> of > 50));

        assertThat(run.findings).isEmpty();
        assertThat(run.readBack()).isEmpty();
    }

    @Property
    void reading_makes_a_key_certain(
            @ForAll long seed, @ForAll @Size(min = 1, max = 100) List<Fate> fates) {
        var run = new Run(seed);

        fates.forEach(fate -> run.play(run.next(), fate));

        assertThat(run.ledger.keys()).allMatch(run.ledger::isCertain);
    }

    @Property
    void acknowledged_writes_that_are_lost_are_counted(
            @ForAll long seed,
            @ForAll @IntRange(max = 200) int before,
            @ForAll @IntRange(min = 1, max = 20) int lost) {
        var run = new Run(seed);
        for (int i = 0; i < before; i++) run.play(run.next(), Fate.ANSWERED);
        String key = run.workload.watchedKey();
        var backup = run.store.backup(key);

        for (int i = 0; i < lost; i++) {
            run.play(new TextRequest.IncrBy(key, 1), Fate.ANSWERED);
        }
        run.store.restore(backup);

        assertThat(run.findings).isEmpty();
        assertThat(run.readBack())
                .singleElement()
                .satisfies(finding -> assertThat(finding.writesMissing()).isEqualTo(lost));
    }

    /** Unless it changed nothing, or the other one did the same. */
    @Property
    void any_write_that_is_lost_is_found(
            @ForAll long seed, @ForAll @IntRange(max = 100) int before) {
        var run = new Run(seed);
        for (int i = 0; i < before; i++) run.play(run.next(), Fate.ANSWERED);
        Request write = run.next();
        var backups = write.keys().stream().map(run.store::backup).toList();
        run.play(write, Fate.ANSWERED);
        Assume.that(!backups.equals(write.keys().stream().map(run.store::backup).toList()));

        backups.forEach(run.store::restore);

        assertThat(run.readBack()).isNotEmpty().allMatch(finding -> finding.writesMissing() == 1);
    }

    /** Whatever is said of a key whose state is known, all but one answer is wrong. */
    @Property
    void any_answer_but_the_right_one_is_wrong(
            @ForAll long seed, @ForAll @IntRange(max = 100) int before, @ForAll Fate fate) {
        var run = new Run(seed);
        for (int i = 0; i < before; i++) run.play(run.next(), fate);
        Request request = run.next();
        Answer right = request.comparable(run.execute(request));

        Answer wrong = other(right);

        assertThat(request.comparable(wrong)).isNotEqualTo(right);
        assertThat(run.ledger.answered(request, wrong)).isNotEmpty();
        assertThat(request.keys()).anyMatch(run.ledger::isSpoilt);
    }

    private static Answer other(Answer right) {
        return switch (right) {
            case Answer.Number(var value) -> new Answer.Number(value + 1);
            case Answer.Text(var value) -> new Answer.Text(value + "?");
            case Answer.Nil() -> new Answer.Text("");
            case Answer.Error(var text) -> new Answer.Number(0);
            case Answer.Array(var elements) when elements.isEmpty() ->
                    new Answer.Array(List.of(Answer.NIL));
            case Answer.Array(var elements) -> {
                var others = new ArrayList<>(elements);
                others.set(0, other(others.get(0)));
                yield new Answer.Array(others);
            }
        };
    }

    /** The rule for counts of several keys against all that the keys may be. */
    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void a_count_of_several_uncertain_keys_leaves_what_adds_up_to_it(
            @ForAll @Size(min = 1, max = 5) List<Presence> keys,
            @ForAll @IntRange(max = 6) int total,
            @ForAll boolean deleted) {
        var ledger = new Ledger();
        var names = new ArrayList<String>();
        for (Presence presence : keys) {
            String key = "key" + names.size();
            names.add(key);
            presence.arrange(ledger, key);
        }
        Request request =
                deleted ? new MultiRequest.MultiDel(names) : new MultiRequest.MultiExists(names);
        var findings = ledger.answered(request, new Answer.Number(total));

        List<List<Boolean>> worlds = worlds(keys, total);
        Statistics.label("possible")
                .collect(!worlds.isEmpty())
                .coverage(coverage -> coverage.check(true).percentage(of -> of > 20));
        assertThat(findings.isEmpty()).isEqualTo(!worlds.isEmpty());
        if (worlds.isEmpty() || deleted) return;
        for (int i = 0; i < keys.size(); i++) {
            int at = i;
            assertThat(ledger.possible(names.get(i)).stream().map(State::exists))
                    .containsExactlyInAnyOrderElementsOf(
                            worlds.stream().map(world -> world.get(at)).distinct().toList());
        }
    }

    enum Presence {
        THERE,
        ABSENT,
        EITHER;

        void arrange(Ledger ledger, String key) {
            var set = new TextRequest.Set(key, "v");
            if (this == THERE) ledger.answered(set, Answer.OK);
            if (this == EITHER) ledger.unknown(set);
        }

        Predicate<Boolean> allows() {
            return exists -> this == EITHER || exists == (this == THERE);
        }
    }

    private static List<List<Boolean>> worlds(List<Presence> keys, int total) {
        if (keys.isEmpty()) return total == 0 ? List.of(List.of()) : List.of();
        var worlds = new ArrayList<List<Boolean>>();
        for (boolean exists : new boolean[] {false, true}) {
            if (!keys.getFirst().allows().test(exists)) continue;
            for (var rest : worlds(keys.subList(1, keys.size()), exists ? total - 1 : total)) {
                var world = new ArrayList<>(List.of(exists));
                world.addAll(rest);
                worlds.add(world);
            }
        }
        return worlds;
    }

    @Example
    void an_increment_of_unknown_outcome_counts_at_most_once() {
        var ledger = new Ledger();
        ledger.answered(new TextRequest.IncrBy("counter", 1), new Answer.Number(1));
        ledger.unknown(new TextRequest.IncrBy("counter", 1));

        assertThat(ledger.answered(new TextRequest.Get("counter"), new Answer.Text("3")))
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.expected()).containsExactly("\"1\"", "\"2\"");
                            assertThat(finding.history())
                                    .containsExactly(
                                            "INCR counter -> 1, so \"1\"",
                                            "INCR counter -> outcome unknown, so \"1\" or \"2\"");
                        });
    }

    @Example
    void what_was_read_once_is_not_unknown_any_more() {
        var ledger = new Ledger();
        ledger.unknown(new TextRequest.IncrBy("counter", 1));

        assertThat(ledger.answered(new TextRequest.Get("counter"), Answer.NIL)).isEmpty();
        assertThat(ledger.answered(new TextRequest.Get("counter"), new Answer.Text("1")))
                .hasSize(1);
    }

    @Example
    void each_key_of_an_unknown_mset_is_unknown_by_itself() {
        var ledger = new Ledger();
        ledger.unknown(new MultiRequest.Mset(new TreeMap<>(Map.of("a", "1", "b", "1"))));

        assertThat(ledger.answered(new TextRequest.Get("a"), new Answer.Text("1"))).isEmpty();
        assertThat(ledger.answered(new TextRequest.Get("b"), Answer.NIL)).isEmpty();
    }

    @Example
    void a_write_that_nobody_acknowledged_cannot_be_lost() {
        var ledger = new Ledger();
        ledger.answered(new TextRequest.IncrBy("counter", 1), new Answer.Number(1));
        ledger.unknown(new TextRequest.IncrBy("counter", 1));

        assertThat(
                        ledger.readBack(
                                new TextRequest.Get("counter"), Answer.NIL, new Answer.Number(-2)))
                .get()
                .satisfies(finding -> assertThat(finding.writesMissing()).isEqualTo(1));
    }

    @Example
    void a_wrong_answer_ends_what_is_asked_of_a_key_but_not_what_is_read_back() {
        var ledger = new Ledger();
        var get = new TextRequest.Get("text");
        ledger.answered(new TextRequest.Set("text", "old"), Answer.OK);
        ledger.answered(new TextRequest.Set("text", "new"), Answer.OK);

        assertThat(ledger.answered(get, new Answer.Text("old")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.writesMissing()).isEqualTo(1));
        assertThat(ledger.isSpoilt("text")).isTrue();
        assertThat(ledger.answered(get, new Answer.Text("anything"))).isEmpty();
        assertThat(ledger.readBack(get, new Answer.Text("new"), new Answer.Number(-1))).isEmpty();
        assertThat(ledger.readBack(get, new Answer.Text("old"), new Answer.Number(-1))).isPresent();
    }

    @Example
    void a_finding_says_all_that_is_needed_to_see_why() {
        var ledger = new Ledger();
        ledger.answered(new TextRequest.Set("text", "a\r\nb"), Answer.OK);
        ledger.answered(new TextRequest.Set("text", "c d"), Answer.OK);

        var finding = ledger.answered(new TextRequest.Get("text"), Answer.NIL).getFirst();

        assertThat(finding.details().lines())
                .containsExactly(
                        "GET text  on  text",
                        "  answered  nil",
                        "  expected  \"c d\"",
                        "  as it was before its last 2 writes",
                        "  before    SET text a\\r\\nb -> \"OK\", so \"a\\r\\nb\"",
                        "  before    SET text \"c d\" -> \"OK\", so \"c d\"");
    }
}
