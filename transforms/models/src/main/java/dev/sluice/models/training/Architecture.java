package dev.sluice.models.training;

import dev.sluice.records.config.Key;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The shape of a Llama-family decoder that is trained from random weights. */
public record Architecture(
    @Key(
            value = "Tokenizer: `builtin:arithmetic` or the path of a `tokenizer.json`.",
            byDefault = "builtin:arithmetic")
        String tokenizer,
    @Key("End-of-text token. Default: the tokenizer's own, such as <|endoftext|>, </s> or <eos>.")
        @Nullable String endToken,
    @Key(value = "Width of the residual stream.", byDefault = "128", min = 4) int hiddenSize,
    @Key(value = "Number of decoder layers.", byDefault = "3", min = 1) int layers,
    @Key(value = "Number of attention heads.", byDefault = "4", min = 1) int heads,
    @Key(value = "Width of the feed-forward layer.", byDefault = "256", min = 1)
        int feedForwardSize,
    @Key(value = "Base of the rotary frequencies.", byDefault = "1000", min = 1) double ropeTheta,
    @Key(value = "Maximum number of tokens of prompt plus completion.", byDefault = "256", min = 8)
        int contextLength,
    @Key(value = "Standard deviation of the initial weights.", byDefault = "0.05", min = 0)
        double initialDeviation)
    implements Serializable {}
