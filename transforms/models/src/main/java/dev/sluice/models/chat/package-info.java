/**
 * Chat templates, equal to transformers' {@code apply_chat_template}. A value is never interpreted
 * again: what looks like a template inside a message stays text.
 */
@NullMarked
package dev.sluice.models.chat;

import org.jspecify.annotations.NullMarked;
