package dev.sluice.pipelines.file;

/**
 * A text in a config that refers to something outside of it.
 *
 * @param refersTo {@code model} or {@code file}
 * @param node where it stands; its value is the name
 */
record Mention(String refersTo, String name, Node.Scalar node) {}
