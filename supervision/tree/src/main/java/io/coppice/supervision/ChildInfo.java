package io.coppice.supervision;

/**
 * One line of the answer to {@code WhichChildren}.
 *
 * @param id the id of the child; of its template, if its supervisor is a dynamic one
 */
public record ChildInfo(String id, ChildType type, ChildStatus status) {}
