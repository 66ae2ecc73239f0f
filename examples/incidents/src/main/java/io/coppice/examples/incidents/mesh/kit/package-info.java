/**
 * A small registry of workers that several peers share: application code, built on processes.
 *
 * <p>A peer is one process, and the only writer of what it knows. What it decides is in {@link
 * io.coppice.examples.incidents.mesh.kit.Replica}, which is pure; {@link
 * io.coppice.examples.incidents.mesh.kit.Peer} acts. Peers tell each other bytes, through a {@link
 * io.coppice.examples.incidents.mesh.kit.Wire} that loses, doubles, delays and parts them.
 *
 * <p>It is no part of Coppice, and it trusts its peers: one that lies about who it is, or about its
 * clock, is not held off. That would take signatures.
 */
@NullMarked
package io.coppice.examples.incidents.mesh.kit;

import org.jspecify.annotations.NullMarked;
