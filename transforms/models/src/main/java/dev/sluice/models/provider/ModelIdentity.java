package dev.sluice.models.provider;

import java.io.Serializable;

/**
 * Which model answers.
 *
 * @param location where its provider finds it, such as a path or {@code builtin:NAME}; messages
 *     name it
 * @param revision all that its replies depend on: a content hash, or what the file says. It enters
 *     the fingerprint of every stage that uses the model
 */
public record ModelIdentity(String location, String revision) implements Serializable {}
