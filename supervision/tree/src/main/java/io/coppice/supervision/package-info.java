/**
 * Supervision trees. A tree is a value: {@link io.coppice.supervision.Supervisor} and {@link
 * io.coppice.supervision.DynamicSupervisor} hold {@link io.coppice.supervision.ChildSpec}s, which
 * may be supervisors again. Started it is the system.
 *
 * <p>The algorithm is that of Erlang/OTP's supervisor, surprises included.
 */
@NullMarked
package io.coppice.supervision;

import org.jspecify.annotations.NullMarked;
