package io.coppice.examples.kv.driver;

/** What a {@link FakeRedis} can do other than carry out a request once and answer it. */
enum Fault {
    // What a right server may do.
    REFUSE(true),
    UNKNOWN_BEFORE(true),
    UNKNOWN_AFTER(true),
    UNKNOWN_HALFWAY(true),
    DROP_BEFORE(true),
    DROP_AFTER(true),
    DROP_INSIDE_AN_ANSWER(true),
    DROP_ON_ACCEPT(true),
    STALL_BEFORE(true, 10),
    STALL_AFTER(true, 10),

    // What none may.
    LOSE_A_WRITE(false),
    LOSE_PART_OF_A_WRITE(false),
    LOSE_A_TIME_TO_LIVE(false),
    APPLY_TWICE(false),
    APPLY_TWICE_AND_SAY_UNKNOWN(false),
    APPLY_AFTER_UNKNOWN(false),
    APPLY_AFTER_DROP(false),
    REFUSE_BUT_APPLY(false),
    ANSWER_AS_BEFORE(false),
    ANSWER_OTHERS_AS_BEFORE(false),
    SWAP_ANSWERS(false),
    ANSWER_TWICE(false),
    COUNT_ONE_TOO_MANY(false),
    FAIL_FOR_NO_REASON(false),
    LEAVE_THE_PROTOCOL(false);

    final boolean allowed;

    /** How much rarer than others it is to be, for what it costs. */
    final int rarity;

    Fault(boolean allowed) {
        this(allowed, 1);
    }

    Fault(boolean allowed, int rarity) {
        this.allowed = allowed;
        this.rarity = rarity;
    }
}
