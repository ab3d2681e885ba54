/**
 * Model directories in Hugging Face form: {@code config.json}, {@code model.safetensors}, {@code
 * tokenizer.json}, {@code generation_config.json}. Reads and writes bytes; knows no engine.
 */
@NullMarked
package dev.sluice.models.directory;

import org.jspecify.annotations.NullMarked;
