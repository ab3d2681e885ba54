package dev.sluice.models.openai;

/**
 * What a look at the servers of a model found.
 *
 * @param key the key of the model's entry that is to blame, or would have to change
 * @param message a sentence without the model's name
 * @param mistake whether the model cannot be asked like this; otherwise a server does not answer
 *     for now
 */
public record ServerFinding(String key, String message, boolean mistake) {}
