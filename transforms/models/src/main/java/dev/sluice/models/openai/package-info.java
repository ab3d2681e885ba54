/**
 * Models behind servers that speak OpenAI's interface: one window of requests per model and
 * process, retries, limits, prices, and the replies that are kept.
 */
@NullMarked
package dev.sluice.models.openai;

import org.jspecify.annotations.NullMarked;
