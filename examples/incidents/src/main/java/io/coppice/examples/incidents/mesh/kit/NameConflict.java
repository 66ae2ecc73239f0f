package io.coppice.examples.incidents.mesh.kit;

/**
 * Why a holder is asked to end: somebody else had the name before it. Told as the detail of a
 * {@code Shutdown}, which is an orderly end: no supervisor restarts a transient child after it.
 */
public record NameConflict(String key, Owner winner) {}
