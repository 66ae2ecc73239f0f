package io.coppice.examples.kv;

import io.coppice.examples.kv.driver.Load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the program was asked to do; {@link Arguments} makes it of a command line.
 *
 * @param serve whether it serves until it is told to stop, instead of driving itself for a while
 * @param port where it listens; 0 takes any that is free
 * @param data where the logs are kept; empty for a temporary directory
 * @param chaosPerSecond how many processes are killed; 0 for none
 * @param chaosAt what is killed
 * @param duration how long it drives itself
 * @param clients how many clients drive it
 */
public record Options(
        boolean serve,
        int port,
        Optional<Path> data,
        Fsync fsync,
        int shards,
        double chaosPerSecond,
        Set<Target> chaosAt,
        Duration duration,
        int clients) {

    /** When what was appended to a log is forced to the disk. */
    public enum Fsync {
        /** Before it is acknowledged: it survives a loss of power. */
        ALWAYS,
        /** Within a second: it survives the death of this process, and a loss of power mostly. */
        EVERYSEC,
        /** When the system likes to: it survives the death of this process. */
        NEVER
    }

    /** What chaos may kill. */
    public enum Target {
        SHARDS,
        SUPERVISORS,
        CONNECTIONS,
        LISTENER
    }

    public static final int DEFAULT_PORT = 7379;
    public static final int DEFAULT_SHARDS = 4;
    public static final double DEFAULT_CHAOS_PER_SECOND = 20;
    public static final Path DEFAULT_DATA = Path.of("kv-data");
    public static final Duration DEFAULT_DURATION = Duration.ofSeconds(20);

    public Options {
        chaosAt = Set.copyOf(chaosAt);
    }

    /** What it does when nothing else is asked for: drives itself, with chaos on everything. */
    public static Options demo() {
        return new Options(
                false,
                DEFAULT_PORT,
                Optional.empty(),
                Fsync.EVERYSEC,
                DEFAULT_SHARDS,
                DEFAULT_CHAOS_PER_SECOND,
                Set.of(Target.values()),
                DEFAULT_DURATION,
                Load.DEFAULT_CLIENTS);
    }

    /** What {@code --serve} alone asks for: no chaos, and data that stays. */
    public static Options server() {
        Options demo = demo();
        return new Options(
                true,
                demo.port,
                Optional.of(DEFAULT_DATA),
                demo.fsync,
                demo.shards,
                0,
                demo.chaosAt,
                demo.duration,
                demo.clients);
    }
}
