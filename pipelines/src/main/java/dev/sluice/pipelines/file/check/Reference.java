package dev.sluice.pipelines.file.check;

import dev.sluice.pipelines.file.yaml.YamlNode;

/**
 * A text in a config that refers to something outside of it.
 *
 * @param refersTo as {@link dev.sluice.records.config.Key#refersTo}
 * @param local whether a model must be in this program
 * @param node where it stands; its value is the name
 */
public record Reference(String refersTo, boolean local, String name, YamlNode.Scalar node) {}
