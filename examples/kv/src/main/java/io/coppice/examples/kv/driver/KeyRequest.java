package io.coppice.examples.kv.driver;

import java.util.List;

/** A command on one key. */
sealed interface KeyRequest extends Request
        permits TextRequest, ListRequest, HashRequest, SetRequest, AnyRequest {

    String key();

    /** What the command does to a key in this state, and what it must then be answered with. */
    State.Step on(State before);

    @Override
    default List<String> keys() {
        return List.of(key());
    }
}
