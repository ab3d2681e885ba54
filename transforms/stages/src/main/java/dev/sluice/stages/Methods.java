package dev.sluice.stages;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The methods that a pipeline file can select, in the order of a chain. */
public final class Methods {
  private Methods() {}

  /**
   * One method.
   *
   * @param name by which it is looked up
   * @param stage type of the stage that it is a part of
   * @param computes what it does, as a sentence
   * @param formula empty if words say it all
   * @param source paper and section; empty for what needs none
   * @param options keys of the stage's config, {@code KEY} or {@code KEY=VALUE}
   */
  public record Method(
      String name,
      String stage,
      String computes,
      String formula,
      String source,
      List<String> options) {
    public Method {
      options = List.copyOf(options);
    }
  }

  /** All of them. */
  public static List<Method> all() {
    try (InputStream in = Methods.class.getResourceAsStream("methods.json")) {
      return new ObjectMapper().readValue(in, new TypeReference<List<Method>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("The list of methods inside the product cannot be read.", e);
    }
  }
}
