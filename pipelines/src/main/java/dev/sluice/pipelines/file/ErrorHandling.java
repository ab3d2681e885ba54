package dev.sluice.pipelines.file;

import dev.sluice.records.config.Key;
import org.jspecify.annotations.Nullable;

/**
 * How many dead letters a stage may have; a block that the config of every stage may hold.
 *
 * @param threshold share of the expected rows
 * @param output name of the error output, as Beam YAML has it
 */
public record ErrorHandling(
    @Key(
            value = "The stage fails if a larger share of its expected rows are dead letters.",
            byDefault = "0.05",
            min = 0,
            max = 1)
        double threshold,
    @Key(
            "Name of the error output when the stage runs inside your own Beam pipeline. In a Sluice run dead letters are always in the table `dead_letters`.")
        @Nullable String output) {

  public static final String KEY = "error_handling";
}
