package dev.sluice.pipelines.run;

import java.io.Serializable;

/**
 * A model that a stage uses, as it travels to a worker.
 *
 * @param provider the provider's name, such as {@code djl}
 * @param location where the provider finds it: a path, or {@code builtin:NAME}
 * @param revision content hash of a local model, or the revision that the file gives
 */
public record ModelReference(String provider, String location, String revision)
    implements Serializable {}
