package io.coppice.examples.kv.log;

/**
 * When what was appended is forced to the disk. Under every policy it survives the crash of a
 * process and of the JVM, {@code kill -9} included: from the write on it is in the hands of the
 * operating system. The policies differ in what a crash of the machine or a loss of power may cost.
 */
public enum FsyncPolicy {

    /**
     * Before each acknowledgement: nothing acknowledged is lost, provided that the disk keeps what
     * it says it has written. The default.
     */
    ALWAYS,

    /**
     * Once a second: what was acknowledged in about the last second, or in as long as the disk took
     * to write the second before, may be lost.
     */
    EVERY_SECOND,

    /**
     * When the operating system sees fit, which is after about half a minute on Linux: all since
     * then may be lost.
     */
    NEVER
}
