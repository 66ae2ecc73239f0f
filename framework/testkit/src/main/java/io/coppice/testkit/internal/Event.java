package io.coppice.testkit.internal;

/**
 * Something that was seen.
 *
 * @param step how many decisions there had been
 * @param nanos virtual time
 * @param who did it, or met it
 * @param other the other one that has part in it, or the empty string
 * @param detail the message, the reason, the name; or the empty string
 */
record Event(int step, long nanos, String who, Verb verb, String other, String detail) {

    /** What kind of thing it was. */
    enum Verb {
        BORN("is created by %2$s"),
        SENDS("sends %1$s to %2$s"),
        HANDLES("takes %1$s"),
        LINKS("links %2$s"),
        UNLINKS("unlinks %2$s"),
        OPENS("opens %2$s"),
        MONITORS("monitors %2$s"),
        DEMONITORS("demonitors %2$s"),
        EXITS("sends the exit %1$s to %2$s"),
        KILLS("kills %2$s"),
        NAMED("has the name %1$s"),
        THROWS("throws %1$s"),
        DIES("ends: %1$s"),
        WAITS("is held up"),
        FAULT("fault: %1$s"),
        NOTES("%1$s");

        private final String sentence;

        Verb(String sentence) {
            this.sentence = sentence;
        }
    }

    String what() {
        return verb.sentence.replace("%1$s", detail).replace("%2$s", other);
    }
}
