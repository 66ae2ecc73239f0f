/**
 * The scenario language, the runner that executes it on Coppice, and the comparison with traces of
 * Erlang/OTP.
 *
 * <p>{@link io.coppice.conformance.ScenarioParser} reads a file into {@link
 * io.coppice.conformance.Command commands}; {@link io.coppice.conformance.Driver} has them executed
 * by {@link io.coppice.conformance.TestActor test actors} and supervisors; what they do is written
 * down by {@link io.coppice.conformance.Recorder} and printed by {@link
 * io.coppice.conformance.Observation}.
 */
@NullMarked
package io.coppice.conformance;

import org.jspecify.annotations.NullMarked;
