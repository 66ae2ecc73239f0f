package io.coppice.examples.kv.store;

import java.util.List;
import java.util.Optional;

/** A command about the connection or the server, which no shard is asked for. */
public sealed interface ConnectionCommand extends Command {

    record Ping(Optional<Bytes> message) implements ConnectionCommand {}

    record Echo(Bytes message) implements ConnectionCommand {}

    /** {@code SELECT}; there is only the database 0. */
    record Select() implements ConnectionCommand {}

    record Quit() implements ConnectionCommand {}

    record Reset() implements ConnectionCommand {}

    /**
     * {@code HELLO} with version 2 or none.
     *
     * @param name the connection's new name
     */
    record Hello(Optional<Bytes> name) implements ConnectionCommand {}

    record Info(List<Bytes> sections) implements ConnectionCommand {}

    /** {@code CONFIG GET}. */
    record ConfigGet(List<Glob> patterns) implements ConnectionCommand {}

    record ClientId() implements ConnectionCommand {}

    record ClientGetName() implements ConnectionCommand {}

    record ClientSetName(Bytes name) implements ConnectionCommand {}

    record ClientInfo() implements ConnectionCommand {}

    record ClientList() implements ConnectionCommand {}

    /** A setting of {@code CLIENT} that is accepted and means nothing here. */
    record ClientIgnored() implements ConnectionCommand {}

    /** {@code COMMAND} and {@code COMMAND INFO}; no names for all of them. */
    record CommandInfo(List<Bytes> names) implements ConnectionCommand {}

    /** {@code COMMAND DOCS}; no names for all of them. */
    record CommandDocs(List<Bytes> names) implements ConnectionCommand {}

    record CommandCount() implements ConnectionCommand {}

    record CommandList() implements ConnectionCommand {}
}
