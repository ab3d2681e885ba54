package dev.sluice.models.training;

import dev.sluice.records.config.Key;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The shape of a Llama-family decoder that is trained from random weights. */
public record Architecture(
    @Key(
            value = "Where the tokenizer comes from: builtin:arithmetic or a tokenizer.json.",
            byDefault = "builtin:arithmetic")
        String tokenizer,
    @Key(
            "The token that ends a text, as the tokenizer writes it; absent: the tokenizer's <|endoftext|>, </s>, <eos> or the like.")
        @Nullable String endToken,
    @Key(value = "Width of the residual stream.", byDefault = "128", min = 4) int hiddenSize,
    @Key(value = "Number of decoder layers.", byDefault = "3", min = 1) int layers,
    @Key(value = "Number of attention heads.", byDefault = "4", min = 1) int heads,
    @Key(value = "Width of the feed-forward layer.", byDefault = "256", min = 1)
        int feedForwardSize,
    @Key(value = "Base of the rotary frequencies.", byDefault = "1000", min = 1) double ropeTheta,
    @Key(value = "Most tokens of prompt and completion together.", byDefault = "256", min = 8)
        int contextLength,
    @Key(value = "Standard deviation of the random matrices.", byDefault = "0.05", min = 0)
        double initialDeviation)
    implements Serializable {}
