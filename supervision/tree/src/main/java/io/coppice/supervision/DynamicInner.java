package io.coppice.supervision;

/** What a dynamic supervisor hears that is no request of a user. */
record DynamicInner<A, M>(Inner news) implements DynamicSupervisor.Message<A, M> {}
