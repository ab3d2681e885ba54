/** Requests and replies of OpenAI's interface, and their transport. */
@NullMarked
package dev.sluice.models.openai.wire;

import org.jspecify.annotations.NullMarked;
