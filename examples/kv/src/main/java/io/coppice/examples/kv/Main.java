package io.coppice.examples.kv;

import io.coppice.examples.kv.log.FsyncPolicy;
import io.coppice.examples.kv.log.LogOptions;
import io.coppice.examples.kv.server.ChaosKind;
import io.coppice.examples.kv.server.KvServer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** A server that keeps serving while it is being killed. {@code --help} lists the options. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.run(arguments, Main::start));
    }

    private static KvServer start(Options options, Path data) throws IOException {
        if (!options.serve()) {
            // Nothing has been logged yet.
            System.setProperty("logback.configurationFile", "logback-demo.xml");
            var log = Path.of(System.getProperty("java.io.tmpdir"), "coppice-kv.log");
            System.out.println("What the supervisors say is in " + log);
        }
        return KvServer.start(
                new KvServer.Settings(
                        options.port(),
                        data,
                        LogOptions.DEFAULT.withFsync(policy(options.fsync())),
                        options.shards(),
                        options.chaosPerSecond(),
                        targets(options)));
    }

    private static FsyncPolicy policy(Options.Fsync fsync) {
        return switch (fsync) {
            case ALWAYS -> FsyncPolicy.ALWAYS;
            case EVERYSEC -> FsyncPolicy.EVERY_SECOND;
            case NEVER -> FsyncPolicy.NEVER;
        };
    }

    private static Set<ChaosKind> targets(Options options) {
        return options.chaosAt().stream()
                .map(target -> ChaosKind.valueOf(target.name()))
                .collect(Collectors.toSet());
    }
}
