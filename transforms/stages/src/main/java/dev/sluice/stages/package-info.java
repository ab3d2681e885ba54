/**
 * What a stage is: its type, its wiring, its units of work, and what it finds around it on the
 * driver and on a worker. The stages themselves stand in the packages below.
 */
@NullMarked
package dev.sluice.stages;

import org.jspecify.annotations.NullMarked;
