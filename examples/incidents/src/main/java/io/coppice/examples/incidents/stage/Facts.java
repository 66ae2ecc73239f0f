package io.coppice.examples.incidents.stage;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What was seen. Two are equal if they say the same of the same things, in the same order.
 *
 * @param all at least one; the first stands in the table
 */
public record Facts(List<Fact> all) {

    /**
     * One thing that was looked at.
     *
     * @param what for example {@code exits heard of one death}
     * @param value as people read it
     */
    public record Fact(String what, String value) {
        @Override
        public String toString() {
            return what + ": " + value;
        }
    }

    public Facts {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("facts: none");
        }
        all = List.copyOf(all);
    }

    /** A single fact. */
    public static Facts of(String what, Object value) {
        return new Facts(List.of(new Fact(what, text(value))));
    }

    /** These facts and one more. */
    public Facts and(String what, Object value) {
        return new Facts(
                Stream.concat(all.stream(), Stream.of(new Fact(what, text(value)))).toList());
    }

    /** What stands in the table. */
    public Fact headline() {
        return all.getFirst();
    }

    /** What was looked at, without the values. */
    public List<String> subjects() {
        return all.stream().map(Fact::what).toList();
    }

    @Override
    public String toString() {
        return all.stream().map(Fact::toString).collect(joining("; "));
    }

    private static String text(Object value) {
        return switch (value) {
            case Boolean yes -> yes ? "yes" : "no";
            case Number number -> String.format(Locale.ROOT, "%,d", number.longValue());
            default -> value.toString();
        };
    }
}
