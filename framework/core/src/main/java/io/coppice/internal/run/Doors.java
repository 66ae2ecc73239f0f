package io.coppice.internal.run;

import io.coppice.spi.Chance;
import io.coppice.spi.Clock;
import io.coppice.spi.Scheduler;

/**
 * The doors of a node that does not run by itself: a simulation has them in its hands, and sees
 * what happens behind them. Such a node gives way after every message and before every act, and in
 * nothing else differs from one in production.
 */
public record Doors(Clock clock, Scheduler scheduler, Chance chance, Witness witness) {}
