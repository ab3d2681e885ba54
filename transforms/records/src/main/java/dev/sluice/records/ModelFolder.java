package dev.sluice.records;

import java.io.Serializable;
import java.util.Map;

/**
 * A model directory, as a manifest lists it.
 *
 * @param path place of the folder, relative to the workspace
 * @param files sha256 of each file by its name
 * @param digest hash of tensor names, types, shapes and bytes, and of the tokenizer
 */
public record ModelFolder(String path, Map<String, String> files, String digest)
    implements Serializable {}
