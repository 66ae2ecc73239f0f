/**
 * What a supervisor means: OTP's, written as a state machine on what it takes out of its mailbox,
 * and the children with which it is put to the test. It knows processes only by what they are made
 * of: a linked start, a monitor, an exit, a kill, an unlink, a message.
 */
@NullMarked
package io.coppice.testkit.model.supervisor;

import org.jspecify.annotations.NullMarked;
