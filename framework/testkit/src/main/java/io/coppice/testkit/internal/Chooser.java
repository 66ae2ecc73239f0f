package io.coppice.testkit.internal;

/** Decides who goes next. */
interface Chooser {

    /**
     * @return one of the answers to {@code decision}, which has at least two
     */
    int choose(Decision decision);
}
