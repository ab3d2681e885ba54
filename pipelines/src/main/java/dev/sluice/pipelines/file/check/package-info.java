/**
 * Checks of a whole pipeline file: ports that are filled, models and files that exist, parts that
 * fit.
 */
@NullMarked
package dev.sluice.pipelines.file.check;

import org.jspecify.annotations.NullMarked;
