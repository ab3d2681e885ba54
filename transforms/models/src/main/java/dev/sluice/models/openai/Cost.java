package dev.sluice.models.openai;

import dev.sluice.models.OpenAiSpec.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What requests use up of a budget. Money is counted in whole millionths of a millionth of a
 * dollar, so that sums are exact.
 *
 * @param tokens of prompts and completions
 * @param picoUsd 1e-12 US dollars
 */
public record Cost(long tokens, long picoUsd) {
  static final Cost NONE = new Cost(0, 0);

  private static final double PICO = 1e12;

  /** The cost of tokens at a price for a million of them; null is no price. */
  static Cost of(long promptTokens, long completionTokens, @Nullable Price price) {
    long pico =
        price == null
            ? 0
            : promptTokens * perToken(price.prompt())
                + completionTokens * perToken(price.completion());
    return new Cost(promptTokens + completionTokens, pico);
  }

  /** A dollar for a million tokens is 1e6 pico-dollars a token. */
  private static long perToken(double usdPerMillion) {
    return BigDecimal.valueOf(usdPerMillion)
        .movePointRight(6)
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
  }

  /** Pico-dollars, rounded down. */
  public static long pico(double usd) {
    BigDecimal pico = BigDecimal.valueOf(usd).movePointRight(12);
    return pico.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) >= 0
        ? Long.MAX_VALUE
        : pico.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  /** In US dollars. */
  public double usd() {
    return picoUsd / PICO;
  }

  Cost plus(Cost other) {
    return new Cost(tokens + other.tokens, picoUsd + other.picoUsd);
  }

  Cost minus(Cost other) {
    return new Cost(tokens - other.tokens, picoUsd - other.picoUsd);
  }
}
