/** Tokenizers, as a {@code tokenizer.json} describes them. */
@NullMarked
package dev.sluice.models.djl.tokens;

import org.jspecify.annotations.NullMarked;
