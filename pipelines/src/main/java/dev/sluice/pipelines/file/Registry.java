package dev.sluice.pipelines.file;

/** What a file may name. */
public record Registry(StageTypes stages, ModelTypes models) {}
