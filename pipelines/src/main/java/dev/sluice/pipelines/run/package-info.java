/**
 * Runs one planned stage: lays its units out on the driver, has a Beam job do those that are not
 * durable yet, shows how far it is, and commits the artifact.
 */
@NullMarked
package dev.sluice.pipelines.run;

import org.jspecify.annotations.NullMarked;
