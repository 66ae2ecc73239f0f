package io.coppice.examples.kv.session;

import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.CommandSpec;
import io.coppice.examples.kv.store.Commands;
import io.coppice.examples.kv.store.ConnectionCommand;
import io.coppice.examples.kv.store.Glob;
import io.coppice.examples.kv.store.Reply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one client has said about itself, and the answers to the commands that no shard is asked
 * for. For the process that serves the client.
 */
public final class Session {

    /** The version of Redis whose commands are spoken; clients choose by it what they send. */
    private static final String VERSION = "7.0.15";

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "appendonly", "yes",
                    "databases", "1",
                    "maxmemory", "0",
                    "proto-max-bulk-len", "67108864",
                    "save", "",
                    "timeout", "0");

    private final long id;
    private final String address;
    private Bytes name = Bytes.EMPTY;

    /**
     * @param id unique among the clients of the server
     * @param address host and port, as shown by {@code CLIENT LIST}
     */
    public Session(long id, String address) {
        this.id = id;
        this.address = address;
    }

    public Reply answer(ConnectionCommand command) {
        return switch (command) {
            case ConnectionCommand.Ping(var message) ->
                    message.<Reply>map(Reply.Bulk::new).orElseGet(() -> new Reply.Simple("PONG"));
            case ConnectionCommand.Echo(var message) -> new Reply.Bulk(message);
            case ConnectionCommand.Select select -> Reply.OK;
            case ConnectionCommand.Quit quit -> Reply.OK;
            case ConnectionCommand.Reset reset -> rename(Bytes.EMPTY, new Reply.Simple("RESET"));
            case ConnectionCommand.Hello(var wanted) -> rename(wanted.orElse(name), hello());
            case ConnectionCommand.Info(var sections) -> Reply.bulk(info());
            case ConnectionCommand.ConfigGet(var patterns) -> settings(patterns);
            case ConnectionCommand.ClientId client -> Reply.of(id);
            case ConnectionCommand.ClientGetName client ->
                    name.length() == 0 ? Reply.NIL : new Reply.Bulk(name);
            case ConnectionCommand.ClientSetName(var wanted) -> rename(wanted, Reply.OK);
            case ConnectionCommand.ClientInfo client -> Reply.bulk(describe());
            case ConnectionCommand.ClientList client -> Reply.bulk(describe());
            case ConnectionCommand.ClientIgnored ignored -> Reply.OK;
            case ConnectionCommand.CommandInfo(var names) -> commands(names);
            case ConnectionCommand.CommandDocs(var names) -> docs(names);
            case ConnectionCommand.CommandCount count -> Reply.of(Commands.all().size());
            case ConnectionCommand.CommandList list -> names();
        };
    }

    private Reply rename(Bytes wanted, Reply reply) {
        name = wanted;
        return reply;
    }

    private Reply hello() {
        return new Reply.Array(
                List.of(
                        Reply.bulk("server"), Reply.bulk("redis"),
                        Reply.bulk("version"), Reply.bulk(VERSION),
                        Reply.bulk("proto"), Reply.of(2),
                        Reply.bulk("id"), Reply.of(id),
                        Reply.bulk("mode"), Reply.bulk("standalone"),
                        Reply.bulk("role"), Reply.bulk("master"),
                        Reply.bulk("modules"), Reply.EMPTY));
    }

    private static String info() {
        return """
        # Server
        redis_version:%s
        redis_mode:standalone
        os:%s
        process_id:%d
        # Replication
        role:master
        connected_slaves:0
        """
                .formatted(VERSION, System.getProperty("os.name"), ProcessHandle.current().pid())
                .replace("\n", "\r\n");
    }

    private String describe() {
        return "id=%d addr=%s name=%s db=0 resp=2\n".formatted(id, address, name.text());
    }

    private static Reply settings(List<Glob> patterns) {
        var found = new ArrayList<Reply>();
        SETTINGS.forEach(
                (setting, value) -> {
                    if (patterns.stream().anyMatch(glob -> glob.matches(Bytes.of(setting)))) {
                        found.add(Reply.bulk(setting));
                        found.add(Reply.bulk(value));
                    }
                });
        return new Reply.Array(found);
    }

    // COMMAND

    private static Reply commands(List<Bytes> names) {
        if (names.isEmpty()) {
            return new Reply.Array(Commands.all().stream().map(Session::describe).toList());
        }
        return new Reply.Array(
                names.stream()
                        .map(
                                name ->
                                        Commands.find(name)
                                                .map(Session::describe)
                                                .orElse(Reply.NIL_ARRAY))
                        .toList());
    }

    private static Reply describe(CommandSpec spec) {
        var flags = spec.flags().stream().<Reply>map(Reply.Simple::new).toList();
        return new Reply.Array(
                List.of(
                        Reply.bulk(spec.name()),
                        Reply.of(spec.arity()),
                        new Reply.Array(flags),
                        Reply.of(spec.keys().first()),
                        Reply.of(spec.keys().last()),
                        Reply.of(spec.keys().step())));
    }

    private static Reply docs(List<Bytes> names) {
        Collection<CommandSpec> specs =
                names.isEmpty()
                        ? Commands.all()
                        : names.stream().map(Commands::find).flatMap(Optional::stream).toList();
        var docs = new ArrayList<Reply>();
        for (var spec : specs) {
            docs.add(Reply.bulk(spec.name()));
            docs.add(
                    new Reply.Array(
                            List.of(
                                    Reply.bulk("summary"), Reply.bulk(spec.summary()),
                                    Reply.bulk("group"), Reply.bulk(spec.group()))));
        }
        return new Reply.Array(docs);
    }

    private static Reply names() {
        return new Reply.Array(
                Commands.all().stream().map(CommandSpec::name).map(Reply::bulk).toList());
    }
}
