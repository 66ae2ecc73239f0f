package io.coppice.supervision;

import java.util.List;

/**
 * The next state of a supervisor, and what must be done.
 *
 * @param effects what must be done, in order
 */
record Step(SupervisorState state, List<Effect> effects) {}
