package io.coppice.testkit.model.supervisor;

import java.util.Map;

/**
 * A definition as it is written, right or wrong.
 *
 * @param values by key; what is not said is as OTP's default has it
 */
public record Words(Map<String, String> values) {

    public Words {
        values = Map.copyOf(values);
    }

    String get(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    long number(String key, long otherwise) {
        var value = values.get(key);
        return value == null ? otherwise : Long.parseLong(value);
    }
}
