package io.coppice.examples.kv.store;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

class DatabaseProperties {

    private static final int LONGEST_STRING = 1 << 16;

    @Property(tries = 300)
    @StatisticsReport(onFailureOnly = true)
    void replaying_the_effects_makes_the_same_database(
            @ForAll("requests") List<List<Bytes>> script) {
        var database = new Database(LONGEST_STRING);

        var effects = play(script, database, 0);

        Statistics.collect(database.size() > 0);
        Statistics.coverage(it -> it.check(true).percentage(share -> share > 70));
        assertThat(replayed(effects).holdsTheSameAs(database)).isTrue();
    }

    @Property(tries = 300)
    void a_refused_or_reading_request_has_no_effect(@ForAll("requests") List<List<Bytes>> script) {
        var database = new Database(LONGEST_STRING);
        for (var words : script) {
            try {
                var command = (StoreCommand) Commands.parse(words);
                var outcome = database.apply(command, 0);
                if (outcome.reply() instanceof Reply.Error || !command.writes()) {
                    assertThat(outcome.effects()).as(words.toString()).isEmpty();
                }
            } catch (RedisError refused) {
                assertThat(refused.reply()).isInstanceOf(Reply.Error.class);
            }
        }
    }

    @Property(tries = 300)
    void effects_are_read_as_they_were_written(@ForAll("requests") List<List<Bytes>> script) {
        var effects = play(script, new Database(LONGEST_STRING), 500);
        effects.add(new Effect.Clear());
        var sink = new ByteSink();

        effects.forEach(effect -> EffectCodec.write(effect, sink));

        var read = new ArrayList<Effect>();
        EffectCodec.read(sink.view(), read::add);
        assertThat(read).isEqualTo(effects);
    }

    @Property(tries = 300)
    void a_receipt_is_read_as_it_was_written(
            @ForAll("requests") List<List<Bytes>> script,
            @ForAll long client,
            @ForAll long request) {
        var dialogue = new Dialogue(1);
        var receipts = new ArrayList<Effect>();
        for (var words : script) {
            Reply reply = dialogue.reply(words);
            receipts.add(new Effect.Receipt(client, request, receipts.size(), reply));
        }
        var sink = new ByteSink();

        receipts.forEach(effect -> EffectCodec.write(effect, sink));

        var read = new ArrayList<Effect>();
        EffectCodec.read(sink.view(), read::add);
        assertThat(read).isEqualTo(receipts);
    }

    @Property(tries = 300)
    void bytes_that_are_no_effects_are_refused_and_nothing_worse(@ForAll byte[] bytes) {
        try {
            EffectCodec.read(ByteBuffer.wrap(bytes), effect -> {});
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("(effect|reply) .*");
        }
    }

    @Property(tries = 300)
    @StatisticsReport(onFailureOnly = true)
    void a_snapshot_is_the_state_when_it_was_begun(
            @ForAll("requests") List<List<Bytes>> before,
            @ForAll("requests") List<List<Bytes>> after,
            @ForAll @IntRange(min = 1, max = 3) int changesPerStep) {
        var database = new Database(LONGEST_STRING);
        var begun = replayed(play(before, database, 1000));

        Snapshot snapshot = database.snapshot();
        var written = new Database(LONGEST_STRING);
        var changes = after.iterator();
        int changed = 0;
        for (var step = snapshot.next(1); !step.isEmpty(); step = snapshot.next(1)) {
            step.forEach(written::replay);
            for (int i = 0; i < changesPerStep && changes.hasNext(); i++) {
                changed += play(List.of(changes.next()), database, 1000).size();
            }
        }

        Statistics.collect(changed > 0);
        Statistics.coverage(it -> it.check(true).percentage(share -> share > 50));
        assertThat(written.holdsTheSameAs(begun)).isTrue();
    }

    @Property(tries = 300)
    void so_many_shards_answer_as_one(
            @ForAll("requests") List<List<Bytes>> script,
            @ForAll @IntRange(min = 2, max = 9) int shards) {
        var one = new Dialogue(1);
        var many = new Dialogue(shards);
        for (var words : script) {
            assertThat(sorted(words, many.reply(words)))
                    .as(words.toString())
                    .isEqualTo(sorted(words, one.reply(words)));
        }
    }

    /** {@code KEYS} answers in no particular order. */
    private static Object sorted(List<Bytes> words, Reply reply) {
        if (reply instanceof Reply.Array(var elements) && words.get(0).is("keys")) {
            return elements.stream().map(Dialogue::show).sorted().toList();
        }
        return reply;
    }

    private static List<Effect> play(List<List<Bytes>> script, Database database, long pause) {
        var effects = new ArrayList<Effect>();
        long now = 0;
        for (var words : script) {
            now += pause;
            try {
                var command = (StoreCommand) Commands.parse(words);
                effects.addAll(database.apply(command, now).effects());
            } catch (RedisError refused) {
                // As it should be: nothing else may be thrown.
            }
            effects.addAll(database.expire(now, 1));
        }
        return effects;
    }

    private static Database replayed(List<Effect> effects) {
        var database = new Database(LONGEST_STRING);
        effects.forEach(database::replay);
        return database;
    }

    @Provide
    Arbitrary<List<List<Bytes>>> requests() {
        return AnyRequest.sequences(60);
    }
}
