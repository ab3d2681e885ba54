/**
 * A model of this process behind OpenAI's interface: completions of text and of chats, with
 * streaming. What speaks to a server can speak to what was trained here.
 */
@NullMarked
package dev.sluice.models.serve;

import org.jspecify.annotations.NullMarked;
