/** Opens the models that a file names, on whatever machine a worker runs. */
@NullMarked
package dev.sluice.pipelines.models;

import org.jspecify.annotations.NullMarked;
