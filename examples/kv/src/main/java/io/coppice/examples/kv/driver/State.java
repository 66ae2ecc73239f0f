package io.coppice.examples.kv.driver;

/**
 * Everything there is to know of one key.
 *
 * @param expires whether it has a time to live; what is absent has none
 */
record State(Content content, boolean expires) {

    static final State NOTHING = new State(new Content.Absent(), false);

    State {
        if (expires && content instanceof Content.Absent) {
            throw new IllegalArgumentException("an absent key that expires");
        }
    }

    static State holding(Content content) {
        return new State(content, false);
    }

    boolean exists() {
        return !(content instanceof Content.Absent);
    }

    /** Holds something else and keeps its time to live, unless it is gone. */
    State with(Content other) {
        return new State(other, expires && !(other instanceof Content.Absent));
    }

    Step answers(Answer answer) {
        return new Step(this, answer);
    }

    Step answers(long number) {
        return answers(new Answer.Number(number));
    }

    @Override
    public String toString() {
        return Printable.of(content) + (expires ? ", expires" : "");
    }

    /**
     * What a request does to a key.
     *
     * @param next the key afterwards
     * @param answer what the request is answered with
     */
    record Step(State next, Answer answer) {}
}
